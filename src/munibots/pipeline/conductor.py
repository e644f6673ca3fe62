"""Takes cases from received to approved, or to a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from munibots.checking.audit_sample import draw_sample
from munibots.definitions.form_files import load_form
from munibots.domain.case import Case, CaseState
from munibots.domain.document import Page
from munibots.domain.promise import LevelsInForce, SampledField
from munibots.domain.reading import CheckResult, Decision, DocumentReading, FormMatch
from munibots.errors import CaseError
from munibots.intake.encoding import decode_page, encode_page
from munibots.japanese.kana import fold_kana
from munibots.pipeline.boundary import one_case
from munibots.pipeline.document_reader import DocumentReader
from munibots.pipeline.promise_levels import levels_in_force
from munibots.pipeline.promise_watch import watch_promise
from munibots.pipeline.stacks import DocumentPage, PlannedDocument
from munibots.stores.case_store import CaseStore

__all__ = ["READING_THREADS", "REGISTERED_PICTURE", "SAME_SHEET", "identity_of", "read_received"]

ACTOR = "pipeline"

READING_THREADS = 2
"""OpenCV and onnxruntime let go of the interpreter lock, so two threads use two cores."""

REGISTERED_PICTURE = "registered-{page_no}.jpg"
"""Name of an attachment: a page laid over its blank form, by its number in the form from 1, as the report shows it."""

REGISTERED_DPI = 200.0

SAME_SHEET = "same-sheet"
"""The rule that another case holds the same request: only the whole store can judge it."""


def read_received(
    store: CaseStore,
    reader: DocumentReader,
    *,
    bot_id: str,
    profile: str,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Read every received case of a bot, and approve it or hand it to a person, also where something unforeseen happens.

    Reading runs in two threads; what was read is recorded by the calling thread in the order of receipt, so that of two
    scans of one sheet the later is known to be the second.

    The levels in force are those of the store at the beginning. A share of the accepted fields is drawn for a person to see.

    Args:
        progress: Called with cases done and cases in all.

    Returns:
        How many cases were read.
    """
    waiting = [c for c in store.list(states=(CaseState.RECEIVED,), bot_id=bot_id, profile=profile) if c.page_indexes]
    if not waiting:
        return 0
    watch_promise(store, reader.profile)  # a process may have ended between a finding and what follows from it
    in_force = levels_in_force(reader.profile, store.level_changes(profile))
    with ThreadPoolExecutor(READING_THREADS, thread_name_prefix="read") as threads:
        found: Iterable[_Found] = threads.map(lambda case: _read_or_say_why(store, reader, case, in_force), waiting)
        for n, (case, read) in enumerate(zip(waiting, found, strict=True)):
            _record(store, case, read, in_force, reader.profile.audit_share)
            if progress is not None:
                progress(n + 1, len(waiting))
    return len(waiting)


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """A reading, and the encoded pages laid over their blank form by the name of their attachment."""

    reading: DocumentReading
    pictures: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))


def _read_or_say_why(store: CaseStore, reader: DocumentReader, case: Case, in_force: LevelsInForce) -> _Found:
    try:
        with one_case(case.id):
            return _read(store, reader, case, in_force)
    except CaseError as e:
        return _Found(
            DocumentReading(
                source=case.source,
                page_indexes=case.page_indexes,
                page_roles=case.page_roles,
                decision=Decision.REVIEW,
                match=FormMatch(form_id=None, confidence=0.0),
                problem=(e.code, e.reason_ja, e.next_step_ja),
            )
        )


def _read(store: CaseStore, reader: DocumentReader, case: Case, in_force: LevelsInForce) -> _Found:
    placed = tuple(DocumentPage(i, role) for i, role in zip(case.page_indexes, case.page_roles, strict=True))
    document = PlannedDocument(case.form_id, placed)
    pages = [
        decode_page(store.scan(case.id, no), source=case.source, page_index=i)
        for no, i in enumerate(case.page_indexes, start=1)
        if i in document.read_indexes
    ]
    evidence = reader.read(pages, planned=document, in_force=in_force)
    pictures = {
        REGISTERED_PICTURE.format(page_no=i + 1): encode_page(Page(case.source, i, REGISTERED_DPI, upright))
        for i, upright in evidence.uprights.items()
    }
    return _Found(evidence.reading, pictures)


def _record(store: CaseStore, case: Case, found: _Found, in_force: LevelsInForce, audit_share: float) -> None:
    reading = found.reading
    parts = identity_of(reading)
    fingerprint = None if parts is None else store.fingerprint(parts)
    earlier = None if fingerprint is None else store.find_fingerprint(fingerprint, other_than=case.id)
    if earlier is not None:
        reading = _with_check(reading, _same_sheet(reading, earlier))
    reading, sample = _with_sample(store, case, reading, audit_share)
    for name, picture in found.pictures.items():
        store.attach(case.id, name, picture, kind="registered")
    approved = reading.decision is Decision.APPROVE
    store.save_reading(
        case.id,
        reading,
        CaseState.READY if approved else CaseState.NEEDS_REVIEW,
        actor=ACTOR,
        fingerprint=fingerprint,
        auto_approved=approved,
        sample=sample,
        levels_seq=in_force.seq,
    )
    for step, seconds in reading.seconds.items():
        store.record_step(case.id, f"read.{step}", seconds)


def _with_sample(
    store: CaseStore, case: Case, reading: DocumentReading, share: float
) -> tuple[DocumentReading, tuple[SampledField, ...]]:
    """The reading with some accepted fields among the doubtful ones; a case that had none but these goes to a person."""
    if reading.match.form_id is None:
        return reading, ()
    values, sample = draw_sample(
        load_form(reading.match.form_id), reading.values, share=share, number=lambda name: store.draw(case.id, name)
    )
    if not sample:
        return reading, ()
    return replace(reading, values=values, decision=Decision.REVIEW), sample


def identity_of(reading: DocumentReading) -> tuple[str, ...] | None:
    """What tells this request from another: the form and the values of its identity fields, folded.

    Returns:
        ``None`` where the form is unknown or one of the values is missing.
    """
    if reading.match.form_id is None:
        return None
    form = load_form(reading.match.form_id)
    values = [reading.value(name).value for name in form.identity]
    if not form.identity or not all(isinstance(v, str) and v for v in values):
        return None
    return (form.id, *(fold_kana(v) for v in values if isinstance(v, str)))


def _same_sheet(reading: DocumentReading, earlier: str) -> CheckResult:
    form = load_form(reading.match.form_id or "")
    return CheckResult(
        rule=SAME_SHEET,
        fields=form.identity,
        ok=False,
        message_ja=f"同じ内容の届がすでにあります(案件 {earlier})。二度スキャンしていないか確かめてください。",
    )


def _with_check(reading: DocumentReading, check: CheckResult) -> DocumentReading:
    return replace(reading, checks=(*reading.checks, check), decision=Decision.REVIEW)
