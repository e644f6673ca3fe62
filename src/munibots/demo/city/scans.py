"""The demo city's post: scans of filled forms, the register of residents, and the truth about every sheet."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from munibots.definitions import places
from munibots.definitions.form_files import load_form
from munibots.demo.city.cases import MovementCase, make_cases, with_no_such_date, with_wrong_my_number
from munibots.demo.city.entries.filled import paper_text
from munibots.demo.city.people import Household
from munibots.demo.paper.filling import fill_sheet
from munibots.demo.paper.hand import Hand
from munibots.demo.paper.scanning import Level, ScanStyle, scan_page, squeeze, write_scan
from munibots.demo.paper.sheet import Sheet, read_sheet
from munibots.domain.document import Page
from munibots.domain.normalising import UnfitValueError, normalise
from munibots.errors import UsageError

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

__all__ = ["City", "SheetTruth", "make_city", "make_sheets", "sheet_paper"]

FORM_ID = "juminido"
_OFFICE = "デモ市"
_COLUMNS = (
    "household_no",
    "kana",
    "name",
    "birth_date",
    "sex",
    "relationship",
    "postal_code",
    "address",
    "building",
    "juminhyo_code",
    "my_number",
)
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SheetTruth:
    """What is really on one scanned sheet.

    Attributes:
        case_no: From 1; a sheet that was scanned twice has the number twice.
        expected: ``entered`` or ``rejected``: what must become of it.
        why: ``duplicate``, ``no_such_date`` or ``wrong_my_number`` where it must be rejected.
        fields: Normalised value of every field of the form; ``None`` for a blank one, or one that has no value.
        text: As on paper, where it differs from the value.
    """

    source: str
    page_index: int
    form_id: str
    case_no: int
    expected: str
    why: str | None
    fields: dict[str, str | None] = field(repr=False)
    text: dict[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class City:
    """Where a generated city lies on disk."""

    workdir: Path
    inbox: Path
    residents: Path
    truth: Path


@dataclass(frozen=True, slots=True)
class _File:
    """One file of the inbox: which sheets, and how they are scanned."""

    name: str
    style: ScanStyle
    bilevel: bool
    sheets: tuple[tuple[MovementCase, bool], ...]
    """The case of each page, and whether its sheet was scanned before."""


def make_city(workdir: Path, cases: int, seed: int, *, progress: Progress | None = None) -> City:
    """Make scans of filled forms, a register of residents, and the truth about them.

    ``inbox/`` gets PDF, TIFF and JPEG files, most of one page; ``residents.csv`` the register; ``truth.json``, written
    last, a list with one record a sheet (see :class:`SheetTruth`). Of 30 sheets one was scanned twice, one bears a date
    that does not exist and one a wrong individual number. Killed and called again it goes on; when all is there it does
    nothing.

    Args:
        workdir: Made if it is not there.
        cases: How many sheets.
        seed: The same seed makes the same city, on a machine with the same fonts.
        progress: Called with (sheets made, sheets).

    Raises:
        FontNotFoundError: No Japanese font is installed.
        UsageError: The folder holds a city made with other settings.
    """
    city = City(workdir, workdir / "inbox", workdir / "residents.csv", workdir / "truth.json")
    city.inbox.mkdir(parents=True, exist_ok=True)
    _claim(workdir / "city.json", {"cases": cases, "seed": seed})
    if city.truth.exists():
        return city
    files, register = _plan(cases, seed)
    _write_whole(city.residents, _register_csv(register))
    truth: list[SheetTruth] = []
    for file in files:
        path = city.inbox / file.name
        if not path.exists():
            rng = random.Random(f"{seed}/scan/{file.name}")
            pages = [scan_page(sheet_paper(case, file.style.dpi, seed), file.style, rng) for case, _ in file.sheets]
            write_scan(pages, path, file.style, bilevel=file.bilevel)
        truth += [_truth(file.name, i, case, again) for i, (case, again) in enumerate(file.sheets)]
        if progress is not None:
            progress(len(truth), cases)
    text = json.dumps([asdict(t) for t in truth], ensure_ascii=False, indent=1)
    _write_whole(city.truth, text)
    return city


def make_sheets(
    count: int, seed: int, *, levels: Sequence[Level] = ("mild", "hard"), troubles: bool = False
) -> Iterator[tuple[Page, SheetTruth]]:
    """Scanned sheets in memory, for tests, calibration and measurements.

    Args:
        count: How many.
        seed: The same seed makes the same sheets, on a machine with the same fonts.
        levels: Taken in turn.
        troubles: Whether some sheets are written wrongly, as in :func:`make_city`.

    Yields:
        The page in grey, after JPEG, and the truth about it.

    Raises:
        FontNotFoundError: No Japanese font is installed.
    """
    rng = random.Random(f"{seed}/sheets")
    cases, _ = make_cases(count, rng)
    if troubles:
        cases = _spoil(cases, rng)
    for i, case in enumerate(cases):
        rng = random.Random(f"{seed}/sheets/{i}")
        style = replace(ScanStyle.of(rng, levels[i % len(levels)]), colour=False)
        pixels = squeeze(scan_page(sheet_paper(case, style.dpi, seed), style, rng), style.jpeg_quality)
        source = f"sheet-{case.case_no:04d}.png"
        yield Page(source, 0, float(style.dpi), pixels), _truth(source, 0, case, again=False)


def sheet_paper(case: MovementCase, dpi: int, seed: int) -> NDArray[uint8]:
    """The filled sheet of a case, RGB; the same sheet at every resolution and however often it is asked for."""
    rng = random.Random(f"{seed}/paper/{case.case_no}")
    hand = Hand.of(rng)
    day = case.notified_on
    stamp = (_OFFICE, f"{day.year - 2018}.{day.month}.{day.day}") if rng.random() < 0.8 else None
    (page,) = fill_sheet(_sheet(), case.entries, hand, dpi, rng, seal=case.seal, receipt=stamp)
    return page


@cache
def _sheet() -> Sheet:
    return read_sheet(places.find("forms", FORM_ID) / "sheet.yaml")


def _spoil(cases: list[MovementCase], rng: random.Random) -> list[MovementCase]:
    """Of ten cases or more, one in thirty, and one at least, gets each mistake."""
    many = max(1, round(len(cases) / 30)) if len(cases) >= 10 else 0
    spoilt = list(cases)
    sound = list(range(len(cases)))
    rng.shuffle(sound)
    for _ in range(many):
        i = sound.pop()
        spoilt[i] = with_no_such_date(spoilt[i], rng)
        j = next(k for k in sound if any(n.endswith("_my_number") for n in spoilt[k].entries))
        sound.remove(j)
        spoilt[j] = with_wrong_my_number(spoilt[j], rng)
    return spoilt


def _plan(count: int, seed: int) -> tuple[list[_File], list[Household]]:
    """Which sheets there are, and in which files they lie."""
    rng = random.Random(f"{seed}/city")
    twice = max(1, round(count / 30)) if count >= 10 else 0
    cases, register = make_cases(count - twice, rng)
    cases = _spoil(cases, rng)
    pile = [(case, False) for case in cases]
    for case in rng.sample([c for c in cases if c.why is None], twice):
        after = next(i for i, (c, _) in enumerate(pile) if c is case)
        pile.insert(rng.randint(after + 1, len(pile)), (case, True))
    files: list[_File] = []
    taken = 0
    while taken < len(pile):
        several = rng.randint(2, 3) if rng.random() < 0.07 else 1
        sheets = tuple(pile[taken : taken + several])
        taken += len(sheets)
        files.append(_file(len(files) + 1, sheets, rng))
    return files, register


def _file(no: int, sheets: tuple[tuple[MovementCase, bool], ...], rng: random.Random) -> _File:
    level: Level = "hard" if rng.random() < 0.3 else "mild"
    style = replace(ScanStyle.of(rng, level), upside_down=rng.random() < 0.03)
    ending = rng.choices(("pdf", "tif", "jpg"), (60, 20, 20 if len(sheets) == 1 else 0))[0]
    bilevel = ending == "tif" and level == "mild" and rng.random() < 0.25
    return _File(f"scan-{no:04d}.{ending}", style, bilevel, sheets)


def _truth(source: str, page_index: int, case: MovementCase, again: bool) -> SheetTruth:
    values: dict[str, str | None] = {}
    texts: dict[str, str] = {}
    for slot in load_form(FORM_ID).fields:
        entry = case.entries.get(slot.name, "")
        text = paper_text(entry)
        try:
            value = normalise(slot, text)
        except UnfitValueError:
            value = None
        assert not isinstance(value, tuple), "the form has no field of many marks"
        values[slot.name] = value
        if text and text != value:
            texts[slot.name] = text
    why = "duplicate" if again else case.why
    return SheetTruth(
        source, page_index, FORM_ID, case.case_no, "entered" if why is None else "rejected", why, values, texts
    )


def _register_csv(register: list[Household]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for no, household in enumerate(register, start=1):
        address = household.address
        code = f"{address.postal_code[:3]}-{address.postal_code[3:]}"
        for person, relationship in household.members:
            writer.writerow(
                (
                    no,
                    person.full_katakana,
                    person.full_name,
                    person.birth_date.isoformat(),
                    person.sex,
                    relationship,
                    code,
                    address.text(prefecture=True, building=False),
                    address.building,
                    person.juminhyo_code,
                    person.my_number,
                )
            )
    return out.getvalue()


def _claim(path: Path, settings: dict[str, int]) -> None:
    """Note with what the city is made, or refuse to mix two cities."""
    if not path.exists():
        _write_whole(path, json.dumps(settings))
    elif json.loads(path.read_text(encoding="utf-8")) != settings:
        raise UsageError(
            problem=f"{path.parent} には、件数か種(seed)の違うデモ市があります。別のフォルダを指定してください。"
        )


def _write_whole(path: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all."""
    beside = path.with_suffix(".part")
    beside.write_text(text, encoding="utf-8", newline="")
    beside.replace(path)
