"""What is published of the promise comes from the measured fields alone."""

from __future__ import annotations

import re
from pathlib import Path

from munibots.bench.promise_pages import pictures_of, write_promise_pages
from munibots.bench.risk_coverage import Scored
from munibots.checking.bounds import error_rate_upper_bound
from munibots.domain.form import FieldType


def _fields(form_id: str) -> list[Scored]:
    dates = [Scored(form_id, FieldType.DATE, 0.99, 0.9, True)] * 30 + [
        Scored(form_id, FieldType.DATE, 0.95, 0.9, False)
    ]
    return [*dates, Scored(form_id, FieldType.NAME, 0.9999, None, True)]


def test_every_form_and_type_has_a_curve() -> None:
    names = set(pictures_of([*_fields("inkan"), *_fields("hoiku")]))
    assert names == {
        "risk-coverage",
        "reliability",
        "risk-coverage-inkan",
        "risk-coverage-hoiku",
        "risk-coverage-type-date",
        "risk-coverage-type-name",
    }
    assert pictures_of([]) == {}


def test_pages_show_the_figures_and_every_link_leads_somewhere(tmp_path: Path) -> None:
    written = write_promise_pages(tmp_path, _fields("inkan"), _fields("juminido"), {"作り方": "`x`"})
    page = (tmp_path / "docs" / "promise-curves.md").read_text(encoding="utf-8")
    assert f"| 32 | 31 | 96.9% | 1 | {error_rate_upper_bound(1, 31):.2%} |" in page
    assert page.count("## ") == 3
    for md in (p for p in written if p.suffix == ".md"):
        for link in re.findall(r"\]\(([^)]+)\)", md.read_text(encoding="utf-8")):
            assert (md.parent / link).is_file(), (md, link)
    forms = tmp_path / "src" / "munibots" / "definitions" / "forms"
    assert "学習にも使っています" in (forms / "juminido" / "promise.md").read_text(encoding="utf-8")
    assert "使っていません" in (forms / "inkan" / "promise.md").read_text(encoding="utf-8")


def test_the_types_table_is_of_unseen_forms_only(tmp_path: Path) -> None:
    write_promise_pages(tmp_path, _fields("inkan"), [Scored("juminido", FieldType.PHONE, 0.99, 0.9, True)], {})
    assert "電話番号" not in (tmp_path / "docs" / "promise-curves.md").read_text(encoding="utf-8")
