"""Filled and scanned forms of any kind in memory, for calibration, tests and measurements."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from munibots.definitions import places
from munibots.definitions.form_files import load_form
from munibots.demo.city.entries.filled import truth_of
from munibots.demo.city.entries.registry import make_entries
from munibots.demo.city.people import People
from munibots.demo.paper.filling import fill_sheet
from munibots.demo.paper.fonts import handwriting_fonts
from munibots.demo.paper.hand import Hand
from munibots.demo.paper.scanning import Level, ScanStyle, scan_page, squeeze
from munibots.demo.paper.sheet import Sheet, read_sheet
from munibots.domain.document import Page

if TYPE_CHECKING:
    from munibots.demo.paper.real_digits import RealDigits
    from munibots.reference.register import Resident

__all__ = ["FilledForm", "make_filled_forms", "residents_of", "writers"]

_OFFICE = "デモ市"


@dataclass(frozen=True, slots=True, eq=False)
class FilledForm:
    """One filled form, scanned, and what is really on it.

    Attributes:
        pages: In order, grey, after JPEG.
        truth: Normalised value of every field; ``None`` for a blank one.
        font: File name of the writer's font without its ending.
    """

    form_id: str
    pages: tuple[Page, ...]
    truth: Mapping[str, str | tuple[str, ...] | None] = field(repr=False)
    level: Level
    font: str


def writers(part: int, parts: int) -> tuple[Path, ...]:
    """Every ``parts``-th handwriting-like font of this machine, so that parts share no font.

    Args:
        part: From 0.
        parts: Into how many parts the fonts are divided.

    Raises:
        FontNotFoundError: No Japanese font is installed.
    """
    fonts = sorted(handwriting_fonts(), key=lambda path: path.name)
    # With fewer fonts than parts some writer must serve twice; a machine with the demo's fonts has eight.
    return tuple(fonts[part % len(fonts) :: parts])


def make_filled_forms(
    form_id: str,
    count: int,
    seed: int | str,
    *,
    levels: Sequence[Level] = ("mild", "hard"),
    fonts: Sequence[Path] = (),
    digits: RealDigits | None = None,
    sheet: Sheet | None = None,
) -> Iterator[FilledForm]:
    """Filled forms of one kind.

    Args:
        form_id: A form that the demo city knows how to fill in.
        count: How many documents.
        seed: The same seed makes the same forms, on a machine with the same fonts.
        levels: How badly they are scanned, taken in turn.
        fonts: Writers; all of the machine if not given.
        digits: Real digits instead of the fonts'.
        sheet: Another paper for the form than the one that comes with it; it has the same fields.

    Raises:
        FontNotFoundError: No Japanese font is installed.
        DefinitionNotFoundError: Nobody in the demo city fills in this form.
    """
    form = load_form(form_id)
    for i in range(count):
        rng = random.Random(f"{seed}/{form_id}/{i}")
        filled = make_entries(form_id, rng, People(rng))
        hand = Hand.of(rng)
        if fonts:
            hand = replace(hand, font=rng.choice(list(fonts)))
        hand = replace(hand, digits=digits)
        level = levels[i % len(levels)]
        style = replace(ScanStyle.of(rng, level), colour=False)
        day = filled.filed_on
        receipt = (_OFFICE, f"{day.year - 2018}.{day.month}.{day.day}") if rng.random() < 0.8 else None
        papers = fill_sheet(
            sheet or _sheet(form_id), filled.entries, hand, style.dpi, rng, seal=filled.seal, receipt=receipt
        )
        source = f"{form_id}-{i + 1:04d}.pdf"
        pages = tuple(
            Page(source, n, float(style.dpi), squeeze(scan_page(paper, style, rng), style.jpeg_quality))
            for n, paper in enumerate(papers)
        )
        yield FilledForm(form_id, pages, truth_of(form, filled.entries), level, hand.font.stem)


def residents_of(forms: Sequence[FilledForm], *, others: int = 1000, seed: int = 0) -> list[Resident]:
    """A register that knows the persons of these forms, and many others.

    Args:
        others: How many residents beside them, some of whom share a family name with them.
    """
    from datetime import date

    from munibots.reference.register import Resident

    found: dict[tuple[str, str, str], Resident] = {}
    for filled in forms:
        form = load_form(filled.form_id)
        link = form.register
        if link is None:
            continue
        for slot in form.group_slots(link.group):
            prefix = f"{link.group}{slot[0].group_no}_"
            name, kana, birth = (filled.truth.get(prefix + n) for n in (link.name, link.kana, link.birth_date))
            if not (isinstance(name, str) and isinstance(kana, str) and isinstance(birth, str)):
                continue
            number = None if link.my_number is None else filled.truth.get(prefix + link.my_number)
            address = None if link.address is None else filled.truth.get(link.address)
            found.setdefault(
                (name, kana, birth),
                Resident(
                    name=name,
                    kana=kana,
                    birth_date=date.fromisoformat(birth),
                    address=address if isinstance(address, str) else "",
                    my_number=number if isinstance(number, str) else "",
                ),
            )
    rng = random.Random(f"{seed}/others")
    people = People(rng)
    for _ in range(others):
        person = people.person(people.family_name(), rng.choice("男女"), rng.randint(0, 95))
        key = (person.full_name, person.full_kana, person.birth_date.isoformat())
        found.setdefault(
            key,
            Resident(
                name=person.full_name,
                kana=person.full_katakana,
                birth_date=person.birth_date,
                my_number=person.my_number,
            ),
        )
    return list(found.values())


@cache
def _sheet(form_id: str) -> Sheet:
    return read_sheet(places.find("forms", form_id) / "sheet.yaml")
