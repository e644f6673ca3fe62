"""Forms that the confidence has never seen, filled in by unseen writers, read alone and with a register: every field counted."""

from __future__ import annotations

import csv
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from munibots.bench.field_groups import FieldGroup, group_of
from munibots.bench.peers import Peer, PeerScore, read_by_peer
from munibots.bench.risk_coverage import Scored
from munibots.definitions.form_files import load_form, load_layout
from munibots.definitions.profile_files import REGISTER_VARIABLE, load_profile
from munibots.demo.city.filled_forms import FilledForm, residents_of
from munibots.demo.environment import environment
from munibots.demo.truth import same_value
from munibots.domain.layout import Layout
from munibots.pipeline.document_reader import DocumentReader
from munibots.pipeline.looking import Look
from munibots.pipeline.stacks import Seen
from munibots.reading.calibration import load_calibration

__all__ = ["FULL_PAGE_FIELDS", "Tally", "identify", "read_document", "reader_with_register"]

FULL_PAGE_FIELDS = 12
"""A page with so many entries counts for the goal of its cost."""


class Cost(NamedTuple):
    """A document.

    Attributes:
        fields_a_page: Entries on its emptiest page.
        cpu_s: Processor time a page, first look and reading.
    """

    pages: int
    fields_a_page: int
    cpu_s: float
    wall_s: float
    by_peers_too: bool


@dataclass(slots=True)
class Tally:
    """What was counted so far.

    Attributes:
        identified: Pages whose form and page number were found, by the right form.
        pages: Pages, by the right form.
        hard: Filled fields of hard scans by group.
        hard_exact: Those of them that are exactly right.
        accepted: Fields that need no eyes; ``True``: with the register.
        accepted_wrong: Those of them that are wrong.
        scored: For the curves, without the register.
    """

    pages: Counter[str] = field(default_factory=Counter)
    identified: Counter[str] = field(default_factory=Counter)
    fields: int = 0
    hard: Counter[FieldGroup] = field(default_factory=Counter)
    hard_exact: Counter[FieldGroup] = field(default_factory=Counter)
    accepted: Counter[bool] = field(default_factory=Counter)
    accepted_wrong: Counter[bool] = field(default_factory=Counter)
    costs: list[Cost] = field(default_factory=list)
    scored: list[Scored] = field(default_factory=list)


def identify(reader: DocumentReader, filled: FilledForm, tally: Tally) -> list[Look]:
    """Look at the pages of a document, and count whose form and number are found."""
    looks = [reader.look(page) for page in filled.pages]
    for index, look in enumerate(looks):
        seen = look.seen
        tally.pages[filled.form_id] += 1
        tally.identified[filled.form_id] += (
            seen.seen is Seen.FORM and seen.form_id == filled.form_id and seen.layout_page_index == index
        )
    return looks


def read_document(
    reader: DocumentReader,
    with_register: DocumentReader,
    filled: FilledForm,
    tally: Tally,
    peers: Mapping[str, Peer],
    scores: Mapping[str, PeerScore],
) -> None:
    """Read a document, count its fields, and give its pages to these peers.

    The values are read once; the register says afterwards which of them it confirms. If no page of the document can be read,
    its fields count as filled and not accepted.
    """
    form, layout = load_form(filled.form_id), load_layout(filled.form_id)
    cpu, wall = time.process_time(), time.perf_counter()
    located = {i: x.located for i, x in enumerate(identify(reader, filled, tally)) if x.located is not None}
    evidence = reader.read(filled.pages, located=located)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    reading, n = evidence.reading, len(filled.pages)
    found = reading.match.form_id == filled.form_id
    tally.costs.append(Cost(n, _fields_a_page(layout, filled), cpu / n, wall / n, found and bool(peers)))
    if not found:
        _count_unread(layout, filled, tally)
        return
    confirmed, _ = with_register.check(form, reading.values)
    calibration = load_calibration()
    for alone, helped in zip(reading.values, confirmed, strict=True):
        slot, true = form.field(alone.name), filled.truth[alone.name]
        if true is None and alone.blank:
            continue
        tally.fields += 1
        right = same_value(slot.type, alone.value, true)
        if filled.level == "hard":
            group = group_of(slot, layout.region(alone.name))
            tally.hard[group] += 1
            tally.hard_exact[group] += right
        for register, value in ((False, alone), (True, helped)):
            tally.accepted[register] += value.accepted
            tally.accepted_wrong[register] += value.accepted and not same_value(slot.type, value.value, true)
        confidence = alone.confidence if alone.value is not None else None
        tally.scored.append(Scored(form.id, slot.type, confidence, calibration.accept_at(slot.type), right))
    for name, peer in peers.items():
        read_by_peer(peer, scores[name], filled, evidence.uprights)


def _count_unread(layout: Layout, filled: FilledForm, tally: Tally) -> None:
    form = load_form(filled.form_id)
    for slot in form.fields:
        if filled.truth[slot.name] is not None:
            tally.fields += 1
            tally.hard[group_of(slot, layout.region(slot.name))] += filled.level == "hard"


def _fields_a_page(layout: Layout, filled: FilledForm) -> int:
    entries = Counter(r.page_index for r in layout.regions if filled.truth[r.field] is not None)
    return min(entries[i] for i in range(len(layout.pages)))


@contextmanager
def reader_with_register(forms: Sequence[FilledForm]) -> Iterator[DocumentReader]:
    """A reader of a city whose register knows the persons of these forms, and a thousand others."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "residents.csv"
        columns = ("name", "kana", "birth_date", "address", "my_number")
        with file.open("w", encoding="utf-8", newline="") as out:
            rows = csv.writer(out)
            rows.writerow(columns)
            rows.writerows([getattr(r, c) for c in columns] for r in residents_of(forms))
        with environment({REGISTER_VARIABLE: str(file)}):
            profile = load_profile("demo")
        yield DocumentReader(profile)
