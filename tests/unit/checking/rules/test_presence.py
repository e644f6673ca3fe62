"""Numbers beside marks."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from munibots.checking.rules import judge
from munibots.domain.form import Choice, Field, FieldType, Form, Rule

KINDS = Field("kinds", "種類", FieldType.MARKS, choices=(Choice("謄本"), Choice("抄本")))
FIELDS = (KINDS, *(Field(n, n, FieldType.DIGITS, digits=1) for n in ("full", "extract")))
RULE = Rule(
    "r", "counts_fit_marks", ("kinds",), params=MappingProxyType({"counts": {"謄本": "full", "抄本": "extract"}})
)
FORM = Form("f", "様式", "課", FIELDS, (RULE,))


@pytest.mark.parametrize(
    ("marks", "full", "extract", "wrong"),
    [
        (("謄本",), "1", None, ()),
        (("謄本",), None, None, ("full",)),
        (("謄本",), "0", None, ("full",)),
        (("謄本",), "1", "2", ("extract",)),
        (("謄本", "抄本"), "1", "2", ()),
        (None, None, None, ()),
    ],
)
def test_every_mark_has_its_number(
    marks: tuple[str, ...] | None, full: str | None, extract: str | None, wrong: tuple[str, ...]
) -> None:
    (result,) = judge(FORM, {"kinds": marks, "full": full, "extract": extract})
    assert result.fields == (wrong or ("kinds",))
    assert result.ok is not bool(wrong)
