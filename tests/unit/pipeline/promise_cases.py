"""Cases of which fields were sampled, read without any OCR and decided by a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from munibots.definitions.form_files import load_form
from munibots.domain.case import CaseState
from munibots.domain.form import FieldType
from munibots.domain.layout import BoxMm
from munibots.domain.promise import SampledField
from munibots.domain.reading import Decision, DocumentReading, FieldValue, FormMatch
from munibots.domain.review import Correction, Review, ReviewOutcome
from munibots.stores.case_ids import new_case_id, page_digest
from munibots.stores.case_store import CaseStore, NewCase

FORM = load_form("juminido")
DATES = tuple(f.name for f in FORM.fields if f.type is FieldType.DATE)
CHOICES = tuple(f.name for f in FORM.fields if f.type is FieldType.CHOICE)


def field(name: str, confidence: float, *, accepted: bool = False, confirmed: bool = False) -> FieldValue:
    value = "2026-04-01" if FORM.field(name).type is FieldType.DATE else "架空"
    reasons = () if accepted else ("確信度が基準に届きません",)
    box = BoxMm(0, 0, 1, 1)
    return FieldValue(name, name, value, value, confidence, 0, box, accepted, reasons, confirmed=confirmed)


def decided_case(
    store: CaseStore,
    no: int,
    values: Iterable[FieldValue],
    *,
    sample: Iterable[str] = (),
    wrong: Iterable[str] = (),
    levels_seq: int = 0,
    decided: bool = True,
) -> str:
    """A case whose ``sample`` was drawn from its ``values``, and of which a person corrected ``wrong``."""
    digest = page_digest(f"{no:064x}", 0)
    case_id, sample, wrong = new_case_id(digest), tuple(sample), tuple(wrong)
    assert store.receive(NewCase(case_id, "juminido", "demo", "a.png", (0,), (b"",), digest))
    held = tuple(replace(v, accepted=False) if v.name in sample else v for v in values)
    reading = DocumentReading("a.png", (0,), Decision.REVIEW, FormMatch("juminido", 0.99), held)
    assert store.save_reading(
        case_id,
        reading,
        CaseState.NEEDS_REVIEW,
        actor="test",
        fingerprint=None,
        auto_approved=False,
        sample=[SampledField(v.name, FORM.field(v.name).type.value, v.confidence) for v in held if v.name in sample],
        levels_seq=levels_seq,
    )
    if decided:
        corrections = tuple(Correction(name, "2020-01-01") for name in wrong)
        review = Review(case_id, "tanaka", ReviewOutcome.APPROVE, corrections)
        found = {name: name not in wrong for name in sample}
        assert store.decide(review, revision=store.get(case_id).revision, found=found)
    return case_id
