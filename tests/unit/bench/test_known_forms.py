"""What is counted of a document, with a reader that says what it is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from munibots.bench.field_groups import FieldGroup
from munibots.bench.known_forms import Tally, read_document
from munibots.bench.peers import PeerScore
from munibots.definitions.form_files import load_form
from munibots.demo.city.filled_forms import FilledForm
from munibots.domain.document import Page, Word
from munibots.domain.form import FieldType, Form
from munibots.domain.layout import BoxMm
from munibots.domain.reading import Decision, DocumentReading, FieldValue, FormMatch
from munibots.pipeline.document_reader import Evidence
from munibots.pipeline.looking import Look
from munibots.pipeline.stacks import PageSeen, Seen

FORM = load_form("inkan")
PAPER = np.full((100, 80), 255, np.uint8)
TRUE: dict[str, str | tuple[str, ...] | None] = {f.name: None for f in FORM.fields}
DATE = next(f.name for f in FORM.fields if f.type is FieldType.DATE)
NAME = next(f.name for f in FORM.fields if f.type is FieldType.NAME)
FILLED = FilledForm(
    "inkan", (Page("inkan-0001.pdf", 0, 200.0, PAPER),), TRUE | {DATE: "2026-04-01", NAME: "髙橋　一"}, "hard", "font"
)


class Reader:
    """Reads a date rightly and surely, and a name wrongly."""

    def __init__(self, form_id: str | None = "inkan") -> None:
        self.form_id = form_id

    def look(self, page: Page) -> Look:
        seen = Seen.UNKNOWN if self.form_id is None else Seen.FORM
        return Look(PageSeen(0, seen, self.form_id))

    def read(self, pages: Sequence[Page], *, located: Mapping[int, object]) -> Evidence:
        texts = {DATE: "2026-04-01", NAME: "高橋　一"}
        values = tuple(
            FieldValue(
                f.name, f.label_ja, texts.get(f.name, ""), texts.get(f.name), 0.99 if f.name in texts else None, 0,
                BoxMm(0, 0, 1, 1), accepted=f.name != NAME,
            )
            for f in FORM.fields
        )  # fmt: skip
        reading = DocumentReading("s", (0,), Decision.REVIEW, FormMatch(self.form_id, 0.9), values)
        return Evidence(reading, {0: PAPER})

    def check(self, form: Form, values: Sequence[FieldValue]) -> tuple[tuple[FieldValue, ...], tuple[()]]:
        """The register gives the name as it is on paper."""
        return tuple(replace(v, value="髙橋　一", accepted=True) if v.name == NAME else v for v in values), ()


class Nothing:
    def words(self, picture: object) -> Sequence[Word]:
        return ()


@pytest.fixture
def tally() -> Tally:
    return Tally()


def test_fields_are_counted_alone_and_with_the_register(tally: Tally) -> None:
    score = PeerScore()
    read_document(Reader(), Reader(), FILLED, tally, {"none": Nothing()}, {"none": score})  # type: ignore[arg-type]
    assert (tally.fields, tally.identified["inkan"], tally.pages["inkan"]) == (2, 1, 1)
    assert tally.hard == {FieldGroup.DATES: 1, FieldGroup.NAMES: 1}
    assert tally.hard_exact[FieldGroup.DATES] == 1
    assert tally.hard_exact[FieldGroup.NAMES] == 0
    assert (tally.accepted[False], tally.accepted[True]) == (1, 2)
    assert tally.accepted_wrong.total() == 0
    assert [(s.kind, s.right) for s in tally.scored] == [
        (f.type, f.name == DATE) for f in FORM.fields if f.name in (DATE, NAME)
    ]
    assert (score.fields, score.right, len(score.page_cpu_s)) == (2, 0, 1)
    assert (tally.costs[0].fields_a_page, tally.costs[0].by_peers_too) == (2, True)


@pytest.mark.parametrize("form_id", [None, "juminido"])
def test_a_document_that_is_not_recognised_is_all_wrong_and_not_accepted(tally: Tally, form_id: str | None) -> None:
    read_document(Reader(form_id), Reader(), FILLED, tally, {"none": Nothing()}, {"none": PeerScore()})  # type: ignore[arg-type]
    assert (tally.fields, tally.identified["inkan"], tally.pages["inkan"]) == (2, 0, 1)
    assert tally.hard.total() == 2
    assert tally.hard_exact.total() == 0
    assert tally.accepted.total() == 0
