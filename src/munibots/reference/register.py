"""The city's resident register as a CSV export: loading it, and finding the one resident whom a paper means.

A register makes doubtful readings certain: a name read with 高 is found as 髙 because kana and birth date
agree. Two agreeing facts are asked for, of which one is rarely shared (birth date or individual number);
whatever leaves two residents, or contradicts, is for a person. The register is personal data: it is held in
memory only, and no ``repr`` or error shows a value of it.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from pathlib import Path

from munibots.errors import RegisterFormatError
from munibots.japanese.addresses import fold_address, split_prefecture
from munibots.japanese.encodings import UnknownEncodingError, decode_text
from munibots.japanese.eras import Era, InvalidEraDateError, parse_date, to_era
from munibots.japanese.kana import fold_kana
from munibots.japanese.names import fold_name
from munibots.japanese.numbers import is_my_number
from munibots.japanese.width import digits_only

__all__ = ["Evidence", "Match", "MatchStatus", "Resident", "ResidentRegister"]

_NEEDED_COLUMNS = ("name", "kana", "birth_date")
_OTHER_COLUMNS = (
    "household_no",
    "sex",
    "relationship",
    "postal_code",
    "address",
    "building",
    "juminhyo_code",
    "my_number",
)
# From this confidence on, a reading that differs by one character is taken to differ on paper too.
_CERTAIN = 0.999


@dataclass(frozen=True, slots=True)
class Resident:
    """One row of the register, as the city spells it; a column that the export has not is an empty text."""

    name: str = field(repr=False)
    kana: str = field(repr=False)
    birth_date: date = field(repr=False)
    household_no: str = field(default="", repr=False)
    sex: str = field(default="", repr=False)
    relationship: str = field(default="", repr=False)
    postal_code: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    building: str = field(default="", repr=False)
    juminhyo_code: str = field(default="", repr=False)
    my_number: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was read about one person, each text as read (a date in any form that ``parse_date`` reads).

    Attributes:
        name: Name, or None where the paper has none; so for all.
        kana: Name in kana.
        birth_date: Date of birth.
        address: Address now or before; a resident who moved has another one, so it never contradicts.
        my_number: Individual number.
        name_confidence: Probability (0.0-1.0) that the name was read rightly, None if not known. A reading
            that differs by one character is taken for a misreading unless its confidence is 0.999 or more.
        kana_confidence: The same for the kana.
        birth_date_confidence: The same for the date of birth.
    """

    name: str | None = field(default=None, repr=False)
    kana: str | None = field(default=None, repr=False)
    birth_date: str | None = field(default=None, repr=False)
    address: str | None = field(default=None, repr=False)
    my_number: str | None = field(default=None, repr=False)
    name_confidence: float | None = None
    kana_confidence: float | None = None
    birth_date_confidence: float | None = None


class MatchStatus(Enum):
    """How sure it is who is meant."""

    CONFIRMED = "confirmed"
    """One resident, by two agreeing facts, and nothing against it."""
    AMBIGUOUS = "ambiguous"
    """Two or more residents fit as well."""
    WEAK = "weak"
    """Somebody fits in part, or fits and is contradicted by another fact."""
    NONE = "none"
    """Nobody fits."""


@dataclass(frozen=True, slots=True)
class Match:
    """The answer of the register.

    Attributes:
        status: How sure it is.
        resident: The resident, only when confirmed. Take names from here: it has the register's own spelling.
        reasons: Japanese reasons that name facts, never values.
        agreeing: Facts (``name``, ``kana`` …) that are equal or off by one character. Who is meant may be sure while the
            name on paper is another one: after a marriage the register is a day late.
    """

    status: MatchStatus
    resident: Resident | None = field(default=None, repr=False)
    reasons: tuple[str, ...] = ()
    agreeing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Facts:
    """One person's facts folded for comparing; what is missing or unreadable is empty or None."""

    name: str = field(repr=False)
    kana: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    address: str = field(repr=False)
    my_number: str = field(repr=False)


class _Likeness(Enum):
    """How one fact of the paper compares with the register."""

    MISSING = "missing"
    EQUAL = "equal"
    NEAR = "near"
    DIFFERENT = "different"
    CONTRARY = "contrary"


_FACT_NAMES = {"name": "氏名", "kana": "氏名カナ", "birth_date": "生年月日", "address": "住所", "my_number": "個人番号"}


class ResidentRegister:
    """All residents of an export, indexed by what a paper may say of them."""

    def __init__(self, residents: Iterable[Resident]) -> None:
        """Index the residents."""
        self._rows: list[tuple[Resident, _Facts]] = []
        self._index: defaultdict[tuple[str, object], list[int]] = defaultdict(list)
        for row_index, resident in enumerate(residents):
            facts = _facts_of(resident)
            self._rows.append((resident, facts))
            for key in _keys(facts):
                self._index[key].append(row_index)
            if resident.household_no:
                self._index["household_no", resident.household_no].append(row_index)

    def __len__(self) -> int:
        """Number of residents."""
        return len(self._rows)

    @classmethod
    def load(cls, path: Path) -> ResidentRegister:
        """Read a CSV export with a header line, in UTF-8 (with or without BOM) or cp932.

        Args:
            path: The file. Columns ``name``, ``kana``, ``birth_date`` are needed; ``household_no``, ``sex``,
                ``relationship``, ``postal_code``, ``address``, ``building``, ``juminhyo_code``, ``my_number``
                are used where present; others are ignored.

        Returns:
            The indexed register.

        Raises:
            RegisterFormatError: Not readable as a file or in either encoding, a needed column is missing, or a
                row has no name, no kana or no readable date of birth. A row is named by its line, never by
                its content.
        """
        return cls(_read_csv(path))

    def household(self, household_no: str) -> tuple[Resident, ...]:
        """All residents of one household in the order of the register; none for an unknown number."""
        rows = self._index.get(("household_no", household_no), ())
        return tuple(self._rows[row_index][0] for row_index in rows)

    def find(self, evidence: Evidence) -> Match:
        """Find the one resident whom the evidence means.

        Strong is: birth date equal, and name or kana equal; individual number (with a right check digit)
        equal, and any other fact equal; or one of name, kana and birth date off by one character while two
        other facts agree. A resident with another individual number, or with a name or kana that has little
        in common, is never confirmed.

        Args:
            evidence: What was read.

        Returns:
            ``CONFIRMED`` with the resident only if exactly one is strong and nothing contradicts.
        """
        facts = _facts_of(evidence)
        strong: list[Match] = []
        doubts: list[tuple[str, ...]] = []
        rows = sorted({index for key in _keys(facts) for index in self._index.get(key, ())})
        for row_index in rows:
            resident, known = self._rows[row_index]
            likeness = _compare(facts, known, evidence)
            reasons = _reasons(likeness)
            if not _is_strong(likeness):
                doubts.append(reasons)
            elif _Likeness.CONTRARY in likeness.values():
                doubts.append((*reasons, "ほかの項目が台帳と食い違っています"))
            else:
                near = (_Likeness.EQUAL, _Likeness.NEAR)
                agreeing = frozenset(fact for fact, how in likeness.items() if how in near)
                strong.append(Match(MatchStatus.CONFIRMED, resident, reasons, agreeing))
        if len(strong) == 1:
            return strong[0]
        if strong:
            return Match(MatchStatus.AMBIGUOUS, reasons=(f"あてはまる住民が{len(strong)}人います",))
        if len(doubts) == 1:
            return Match(MatchStatus.WEAK, reasons=doubts[0])
        if doubts:
            return Match(MatchStatus.WEAK, reasons=(f"一部だけあてはまる住民が{len(doubts)}人います",))
        return Match(MatchStatus.NONE, reasons=("あてはまる住民がいません",))


def _read_csv(path: Path) -> Iterator[Resident]:
    try:
        raw = path.read_bytes()
    except OSError:
        raise _broken(path, 1, "ファイルを開けません") from None
    reader = csv.DictReader(io.StringIO(_decoded(raw, path), newline=""))
    columns = [column.strip() for column in reader.fieldnames or ()]
    reader.fieldnames = columns
    missing = [column for column in _NEEDED_COLUMNS if column not in columns]
    if missing:
        raise _broken(path, 1, f"住民台帳に必要な列がありません({', '.join(missing)})")
    for row in reader:
        needed = {column: (row[column] or "").strip() for column in _NEEDED_COLUMNS}
        empty = [column for column, text in needed.items() if not text]
        if empty:
            raise _broken(path, reader.line_num, f"住民台帳の {', '.join(empty)} が空です")
        birth_date = _birth_date(needed["birth_date"])
        if birth_date is None:
            raise _broken(path, reader.line_num, "住民台帳の birth_date が日付ではありません")
        others = {column: (row.get(column) or "").strip() for column in _OTHER_COLUMNS}
        yield Resident(name=needed["name"], kana=needed["kana"], birth_date=birth_date, **others)


def _decoded(raw: bytes, path: Path) -> str:
    try:
        return decode_text(raw)
    except UnknownEncodingError as e:
        raise _broken(path, 1, "文字コードが UTF-8 でも cp932 でもありません") from e


def _broken(path: Path, line: int, problem: str) -> RegisterFormatError:
    return RegisterFormatError(file=path.name, line=line, problem=problem)


def _facts_of(person: Resident | Evidence) -> _Facts:
    number = digits_only(person.my_number or "")
    return _Facts(
        name=fold_name(person.name or ""),
        # Small kana are raised: many registers have none.
        kana=fold_kana(person.kana or "", raise_small=True),
        birth_date=_birth_date(person.birth_date),
        address=fold_address(split_prefecture(person.address or "")[1]),
        my_number=number if is_my_number(number) else "",
    )


def _birth_date(value: date | str | None) -> date | None:
    """The date, or None for what is no date of a living person: unreadable, or before 明治."""
    try:
        day = parse_date(value) if isinstance(value, str) else value
    except InvalidEraDateError:
        return None
    return None if day is None or day < Era.MEIJI.start else day


def _keys(facts: _Facts) -> Iterator[tuple[str, object]]:
    """What a resident is looked up by; an address alone leads to nobody."""
    for fact in ("name", "kana", "birth_date", "my_number"):
        value = getattr(facts, fact)
        if value:
            yield fact, value


def _compare(read: _Facts, known: _Facts, evidence: Evidence) -> dict[str, _Likeness]:
    return {
        "name": _compare_texts(read.name, known.name, evidence.name_confidence),
        "kana": _compare_texts(read.kana, known.kana, evidence.kana_confidence),
        "birth_date": _compare_dates(read.birth_date, known.birth_date, evidence.birth_date_confidence),
        "address": _compare_addresses(read.address, known.address),
        "my_number": _compare_numbers(read.my_number, known.my_number),
    }


def _compare_texts(read: str, known: str, confidence: float | None) -> _Likeness:
    if not read or not known:
        return _Likeness.MISSING
    if read == known:
        return _Likeness.EQUAL
    if _differs_by_one(read, known) and (confidence is None or confidence < _CERTAIN):
        return _Likeness.NEAR
    # Half of the characters in common is a bad reading of the same name; less is another name.
    common = len(set(read) & set(known))
    return _Likeness.DIFFERENT if 2 * common >= len(set(known)) else _Likeness.CONTRARY


def _compare_dates(read: date | None, known: date | None, confidence: float | None) -> _Likeness:
    if read is None or known is None:
        return _Likeness.MISSING
    if read == known:
        return _Likeness.EQUAL
    # One misread digit of 昭和58年 changes two digits of 1983: both ways of writing are compared.
    near = any(_differs_by_one(spell(read), spell(known)) for spell in (date.isoformat, _era_digits))
    return _Likeness.NEAR if near and (confidence is None or confidence < _CERTAIN) else _Likeness.CONTRARY


def _era_digits(day: date) -> str:
    era, year = to_era(day)
    return f"{era.letter}{year:02}{day.month:02}{day.day:02}"


def _compare_addresses(read: str, known: str) -> _Likeness:
    if not read or not known:
        return _Likeness.MISSING
    # The building often stands in the same line on paper and in its own column in the register.
    same = read == known or (read.startswith(known) and not read[len(known)].isdigit() and read[len(known)] != "-")
    return _Likeness.EQUAL if same else _Likeness.DIFFERENT


def _compare_numbers(read: str, known: str) -> _Likeness:
    if not read or not known:
        return _Likeness.MISSING
    return _Likeness.EQUAL if read == known else _Likeness.CONTRARY


def _is_strong(likeness: dict[str, _Likeness]) -> bool:
    equal = {fact for fact, how in likeness.items() if how is _Likeness.EQUAL}
    if "my_number" in equal:
        return len(equal) > 1
    if "birth_date" in equal and equal & {"name", "kana"}:
        return True
    # One character off, two facts beside it. In a household two people can share all but a character of the
    # name; then both are strong, or another fact is off as well. Without any date of birth it stays weak.
    near = [fact for fact in ("name", "kana", "birth_date") if likeness[fact] is _Likeness.NEAR]
    return len(near) == 1 and len(equal) > 1 and "birth_date" in {*near, *equal}


def _reasons(likeness: dict[str, _Likeness]) -> tuple[str, ...]:
    words = {
        _Likeness.EQUAL: "が一致",
        _Likeness.NEAR: "が1文字違い",
        _Likeness.DIFFERENT: "が異なる",
        _Likeness.CONTRARY: "が別のもの",
    }
    return tuple(f"{_FACT_NAMES[fact]}{words[how]}" for fact, how in likeness.items() if how in words)


def _differs_by_one(one: str, other: str) -> bool:
    """Whether one character was replaced, lost or added (an edit distance of exactly 1)."""
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) != 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at:] == long[at + 1 :]
