"""Banks and their branches, from the tables of the 全銀協 codes as packed by ``zengin-code``.

The kana of these tables are of the 全銀 kind: small kana written large, ー as a minus sign, so both sides are
folded before they are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from munibots.japanese.kana import fold_kana, is_kana_name
from munibots.japanese.variants import fold_variants
from munibots.japanese.width import fold_width

__all__ = ["Bank", "Branch", "bank", "branch", "find_banks", "find_branches"]


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank: four-digit code, name without 銀行, kana of the 全銀 kind with ー for the minus sign."""

    code: str
    name: str
    kana: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch of a bank: three-digit code, name without 支店, kana as for ``Bank``."""

    bank_code: str
    code: str
    name: str
    kana: str


def bank(code: str) -> Bank | None:
    """The bank with a four-digit code (half-width digits), or None."""
    row = _table().get(code)
    return None if row is None else _bank(row)


def branch(bank_code: str, branch_code: str) -> Branch | None:
    """The branch with a three-digit code of the bank with a four-digit code, or None."""
    bank_row = _table().get(bank_code)
    row = None if bank_row is None else bank_row.branches.get(branch_code)
    return None if row is None else _branch(bank_code, row)


def find_banks(text: str) -> tuple[Bank, ...]:
    """Banks whose name or kana is a text, 銀行 or not, in the order of their codes; several share a name at times."""
    return tuple(_bank(row) for row in _named(_table().values(), text, "銀行", "ギンコウ"))


def find_branches(bank_code: str, text: str) -> tuple[Branch, ...]:
    """Branches of one bank whose name or kana is a text, 支店 or not, in the order of their codes."""
    bank_row = _table().get(bank_code)
    if bank_row is None:
        return ()
    return tuple(_branch(bank_code, row) for row in _named(bank_row.branches.values(), text, "支店", "シテン"))


def _named(rows: Iterable[Any], text: str, suffix: str, kana_suffix: str) -> list[Any]:
    """Rows whose folded name equals the folded text, the kind of office dropped from both."""
    if is_kana_name(text):
        wanted = fold_kana(text, raise_small=True)
        forms = {wanted, wanted.removesuffix(kana_suffix)} - {""}
        return [row for row in rows if fold_kana(row.kana, raise_small=True) in forms or row.name == text]
    wanted = _fold_office(text)
    forms = {wanted, wanted.removesuffix(suffix)} - {""}
    return [row for row in rows if _fold_office(row.name) in forms]


def _fold_office(text: str) -> str:
    return re.sub(r"\s", "", fold_variants(fold_width(text))).upper()


def _bank(row: Any) -> Bank:
    return Bank(code=row.code, name=row.name, kana=fold_kana(row.kana))


def _branch(bank_code: str, row: Any) -> Branch:
    return Branch(bank_code=bank_code, code=row.code, name=row.name, kana=fold_kana(row.kana))


@cache
def _table() -> Any:
    # Loaded here: the package reads 1,100 files when it is imported. Its table is never changed after that.
    import zengin_code

    return zengin_code.Bank.all
