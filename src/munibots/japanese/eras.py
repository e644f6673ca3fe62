"""Japanese eras and dates as written on forms.

The era starts are those of the government orders that named them: 改元の詔書 (明治), 大正・昭和 改元の詔書,
昭和64年政令第1号 (平成), 平成31年政令第143号 (令和). A date before its era began or after it ended does not
exist (平成31年5月1日), and is refused. The calendar is the Gregorian one throughout; dates before
明治6年1月1日 were written in the lunisolar calendar of their time and are not converted.
"""

from __future__ import annotations

import re
from datetime import date
from enum import Enum
from typing import Literal

from munibots.japanese.width import fold_width

__all__ = ["Era", "InvalidEraDateError", "era_date", "format_era", "parse_date", "to_era"]


class InvalidEraDateError(ValueError):
    """A text that is no date, or a date that does not exist in its era. The message never holds the date."""


class Era(Enum):
    """The five eras, each with its letter, its kanji and its first day."""

    MEIJI = ("M", "明治", date(1868, 1, 25))
    TAISHO = ("T", "大正", date(1912, 7, 30))
    SHOWA = ("S", "昭和", date(1926, 12, 25))
    HEISEI = ("H", "平成", date(1989, 1, 8))
    REIWA = ("R", "令和", date(2019, 5, 1))

    def __init__(self, letter: str, kanji: str, start: date) -> None:
        """Keep the row of the table under names."""
        self.letter = letter
        self.kanji = kanji
        self.start = start

    @property
    def short(self) -> str:
        """One kanji, as printed beside choices: 明 大 昭 平 令."""
        return self.kanji[0]


_ERAS = tuple(Era)
_SQUARE_ERAS = str.maketrans({"㍾": "明治", "㍽": "大正", "㍼": "昭和", "㍻": "平成", "㋿": "令和"})
_ERA_BY_TEXT = {text: era for era in Era for text in (era.letter, era.kanji, era.short)}

# 壱 弐 参 拾 are the digits of family registers.
_KANJI_DIGITS = {k: i for i, k in enumerate("〇一二三四五六七八九")} | {"零": 0, "壱": 1, "弐": 2, "参": 3}
_NUMBER = r"[0-9〇零一二三四五六七八九十拾壱弐参]+|元"
_ERA_NAME = r"明治?|大正?|昭和?|平成?|令和?|[MTSHRmtshr]\.?|西暦"
_TAIL = r"(?:日)?(?:生(?:まれ)?)?"
# Blanks are dropped first, for digits written one to a box; only where no separator is left do blanks
# separate.
_WITH_SEPARATORS = re.compile(
    rf"(?P<era>{_ERA_NAME})?(?P<y>{_NUMBER})[年./・,\-](?P<m>{_NUMBER})[月./・,\-](?P<d>{_NUMBER}){_TAIL}"
)
_WITH_BLANKS = re.compile(rf"(?P<era>{_ERA_NAME})?\s*(?P<y>{_NUMBER})\s+(?P<m>{_NUMBER})\s+(?P<d>{_NUMBER})\s*{_TAIL}")


def era_date(era: Era, year: int, month: int, day: int) -> date:
    """The date of an era year.

    Args:
        era: The era.
        year: Year of the era, 1 for 元年.
        month: 1-12.
        day: 1-31.

    Returns:
        The Gregorian date.

    Raises:
        InvalidEraDateError: No such day in the calendar, or a day outside the era.
    """
    if year < 1:
        raise InvalidEraDateError("元号の年は元年(1年)からです。年を確かめてください。")
    found = _calendar_date(era.start.year + year - 1, month, day)
    if found < era.start or _era_of(found) is not era:
        raise InvalidEraDateError("この元号の期間にない日付です。元号と年月日を確かめてください。")
    return found


def parse_date(text: str) -> date:
    """Read a date as people write it.

    Reads 令和8年4月1日, 令和元年5月1日, 令8.4.1, R8.4.1, S 58 2 3, 西暦2001年4月5日, 2001-04-05, ㍻,
    full-width digits, blanks between characters, kanji numerals (二十一, 二〇〇一) and a printed 生 after the
    date. A Gregorian year has four digits. A year without an era and with fewer digits is refused: it is
    never guessed.

    Args:
        text: One date.

    Returns:
        The Gregorian date.

    Raises:
        InvalidEraDateError: Not one whole date, or a date that does not exist.
    """
    folded = fold_width(text).translate(_SQUARE_ERAS).strip()
    match = _WITH_SEPARATORS.fullmatch(re.sub(r"\s", "", folded)) or _WITH_BLANKS.fullmatch(folded)
    if match is None:
        raise InvalidEraDateError("日付として読めません。元号・年・月・日を確かめてください。")
    year_text = match["y"]
    month, day = _number(match["m"]), _number(match["d"])
    era_text = (match["era"] or "").rstrip(".").upper()
    if era_text not in ("", "西暦"):
        return era_date(_ERA_BY_TEXT[era_text], 1 if year_text == "元" else _number(year_text), month, day)
    if len(year_text) != 4:
        raise InvalidEraDateError("年が4桁の西暦でも元号の年でもありません。元号を確かめてください。")
    return _calendar_date(_number(year_text), month, day)


def to_era(day: date) -> tuple[Era, int]:
    """The era and its year (元年 is 1) of a date.

    Raises:
        InvalidEraDateError: The date is before 1868-01-25, the start of 明治.
    """
    era = _era_of(day)
    if era is None:
        raise InvalidEraDateError("明治より前の日付は元号で表せません。日付を確かめてください。")
    return era, day.year - era.start.year + 1


def format_era(day: date, style: Literal["long", "short", "letter"] = "long") -> str:
    """Write a date with its era.

    Args:
        day: The date.
        style: ``long`` 令和元年5月1日, ``short`` 令1.5.1, ``letter`` R1.5.1.

    Returns:
        The text, with half-width digits and no leading zeros.

    Raises:
        InvalidEraDateError: The date is before 1868-01-25.
    """
    era, year = to_era(day)
    if style == "long":
        return f"{era.kanji}{'元' if year == 1 else year}年{day.month}月{day.day}日"
    return f"{era.short if style == 'short' else era.letter}{year}.{day.month}.{day.day}"


def _era_of(day: date) -> Era | None:
    return next((era for era in reversed(_ERAS) if day >= era.start), None)


def _calendar_date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        # `from None`: the message of the standard library would repeat parts of the date.
        raise InvalidEraDateError("暦にない日付です。月と日を確かめてください。") from None


def _number(text: str) -> int:
    """A number in digits or kanji: 21, 二十一, 二一, 二〇〇一."""
    if text == "元":
        raise InvalidEraDateError("「元」は元号の年だけに使えます。日付を確かめてください。")
    plain = text.replace("拾", "十")
    if "十" not in plain:
        return int("".join(c if c.isdigit() else str(_KANJI_DIGITS[c]) for c in plain))
    tens, _, ones = plain.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        raise InvalidEraDateError("漢数字として読めません。年月日を確かめてください。")
    return (_number(tens) if tens else 1) * 10 + (_number(ones) if ones else 0)
