"""Banks and branches by their public codes."""

from __future__ import annotations

import pytest

from munibots.checking.rules import judge
from munibots.domain.form import Field, FieldType, Form, Rule
from munibots.reference.banks import bank, branch

FIELDS = (
    Field("bank", "金融機関コード", FieldType.DIGITS, digits=4),
    Field("bank_name", "金融機関名", FieldType.TEXT),
    Field("branch", "店番", FieldType.DIGITS, digits=3),
    Field("branch_name", "本支店名", FieldType.TEXT),
)
FORM = Form(
    "f",
    "様式",
    "課",
    FIELDS,
    (
        Rule("bank", "bank_fits", ("bank", "bank_name")),
        Rule("branch", "branch_fits", ("bank", "branch", "branch_name")),
    ),
)
_BANK, _BRANCH = bank("0001"), branch("0001", "001")
assert _BANK is not None
assert _BRANCH is not None
SOUND: dict[str, str | None] = {
    "bank": "0001",
    "bank_name": f"{_BANK.name}銀行",
    "branch": "001",
    "branch_name": f"{_BRANCH.name}支店",
}


@pytest.mark.parametrize(
    ("changed", "rules"),
    [
        ({}, set()),
        ({"bank": "0005"}, {"bank", "branch"}),
        ({"bank_name": "どこにもない銀行"}, {"bank"}),
        ({"bank": None}, set()),
        ({"bank": "9998", "bank_name": None}, {"bank"}),
        ({"branch_name": "どこにもない支店"}, {"branch"}),
        ({"branch_name": None}, set()),
        ({"branch_name": None, "branch": "999"}, {"branch"}),
        ({"branch": None}, set()),
    ],
)
def test_codes_and_names_belong_together(changed: dict[str, str | None], rules: set[str]) -> None:
    assert {c.rule for c in judge(FORM, SOUND | changed) if not c.ok} == rules


@pytest.mark.parametrize("name", ["沼津信用金庫", "沼津信金"])
def test_a_cooperative_bank_has_a_long_name_and_a_short_one(name: str) -> None:
    values: dict[str, str | None] = {"bank": "1505", "bank_name": name}
    assert all(c.ok for c in judge(FORM, values))
