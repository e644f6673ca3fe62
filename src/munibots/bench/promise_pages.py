"""The promise and what was measured of it, published: pictures, and pages written from the same numbers.

``classifiers/field_confidence/build.py`` writes them whenever it fits the confidence anew, so no figure is typed by hand.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from munibots.bench.plots import reliability_svg, risk_coverage_svg
from munibots.bench.risk_coverage import Curve, Scored, risk_coverage
from munibots.definitions.form_files import load_form
from munibots.domain.form import FieldType
from munibots.pipeline.promise_levels import KINDS_JA

__all__ = ["ALPHA", "pictures_of", "write_promise_pages"]

ALPHA = 0.001
"""The promise: at most this share of the fields that nobody looks at is wrong."""

_WRITTEN_BY = "<!-- classifiers/field_confidence/build.py が書きます。手で直さないでください。 -->"
_ALL = "すべての様式と項目"


def pictures_of(fields: Sequence[Scored]) -> dict[str, str]:
    """SVG by file name: the curve of all fields, of every form and of every type, and the reliability diagram."""
    if not fields:
        return {}
    pictures = {
        "risk-coverage": risk_coverage_svg(risk_coverage(fields), _ALL, ALPHA),
        "reliability": reliability_svg(fields, "確信度と実際の正しさ"),
    }
    for form_id, mine in _by_form(fields).items():
        pictures[f"risk-coverage-{form_id}"] = _form_svg(form_id, risk_coverage(mine))
    for kind, mine in _by_kind(fields).items():
        pictures[f"risk-coverage-type-{kind.value}"] = _kind_svg(kind, mine)
    return pictures


def write_promise_pages(
    root: Path, unseen: Sequence[Scored], learnt: Sequence[Scored], how: Mapping[str, str]
) -> list[Path]:
    """Write ``docs/promise-curves.md`` with its pictures, and ``promise.md`` with a picture into the folder of every form.

    Args:
        root: The checkout.
        unseen: Fields of forms that neither fitted the confidence nor chose a threshold.
        learnt: Fields of the other forms, by writers and from seeds that did neither. Only the pages of these forms use them.
        how: What a reader needs to repeat the measurement, label to text.

    Returns:
        The files written.
    """
    written: list[Path] = []

    def write(path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        written.append(path)

    pictures = root / "docs" / "images" / "promise"
    for name, svg in pictures_of(unseen).items():
        if "-type-" in name or name in ("risk-coverage", "reliability"):
            write(pictures / f"{name}.svg", svg)
    forms = root / "src" / "munibots" / "definitions" / "forms"
    rows = []
    for fields, was_learnt in ((unseen, False), (learnt, True)):
        for form_id, mine in _by_form(fields).items():
            curve = risk_coverage(mine)
            write(forms / form_id / "risk-coverage.svg", _form_svg(form_id, curve))
            write(forms / form_id / "promise.md", _form_page(form_id, curve, mine, how, was_learnt=was_learnt))
            link = f"[{load_form(form_id).name_ja}](../src/munibots/definitions/forms/{form_id}/promise.md)"
            rows.append(_row(link, curve, "書体と種だけ" if was_learnt else "様式も書体も種も"))
    write(root / "docs" / "promise-curves.md", _page(unseen, rows, how))
    return written


def _form_svg(form_id: str, curve: Curve) -> str:
    return risk_coverage_svg(curve, load_form(form_id).name_ja, ALPHA)


def _kind_svg(kind: FieldType, fields: Sequence[Scored]) -> str:
    return risk_coverage_svg(risk_coverage(fields, by_one_threshold=True), KINDS_JA[kind], ALPHA)


def _by_form(fields: Sequence[Scored]) -> dict[str, list[Scored]]:
    return {form_id: [f for f in fields if f.form_id == form_id] for form_id in sorted({f.form_id for f in fields})}


def _by_kind(fields: Sequence[Scored]) -> dict[FieldType, list[Scored]]:
    there: Collection[FieldType] = {f.kind for f in fields}
    return {kind: [f for f in fields if f.kind is kind] for kind in FieldType if kind in there}


def _row(name: str, curve: Curve, *more: str) -> str:
    here = curve.in_force
    cells = ("0", "0.0%", "―", "―") if here is None else _cells(here.accepted, here.coverage, here.wrong, here.bound)
    return "| " + " | ".join((name, *more, f"{curve.fields:,}", *cells)) + " |"


def _cells(accepted: int, coverage: float, wrong: int, bound: float) -> tuple[str, ...]:
    return f"{accepted:,}", f"{coverage:.1%}", str(wrong), f"{bound:.2%}"


def _table(first: str, rows: Sequence[str], *more: str) -> str:
    heads = (first, *more, "記入", "受け入れ", "割合", "うち誤り", "誤り率の 95% 上限")
    return "\n".join(("| " + " | ".join(heads) + " |", "|---" * len(heads) + "|", *rows))


def _kinds_table(fields: Sequence[Scored], pictures: str | None) -> str:
    rows = []
    for kind, mine in _by_kind(fields).items():
        name = KINDS_JA[kind]
        if pictures is not None:
            name = f"[{name}]({pictures}/risk-coverage-type-{kind.value}.svg)"
        rows.append(_row(name, risk_coverage(mine)))
    return _table("種類", rows)


def _how(how: Mapping[str, str]) -> str:
    return "\n".join(f"- {label}: {text}" for label, text in how.items())


_READING = f"""横軸は人の目が要らない項目の割合、縦軸はそのうちの誤り率(対数)です。点線は誤り率の 95% 上限(Clopper–Pearson)、緑の線は約束({ALPHA:.1%})、
丸は今の基準です。基準は項目の種類ごとにあり、曲線はすべての基準を同じだけ上げ下げして引いています。種類に基準がない項目(氏名など)は、
確信度だけでは受け入れませんが、割合の分母には入っています。項目が少なければ、誤りがなくても上限は約束より上にあります(誤り 0 で上限 0.1% を示すには、約 3,000 項目が要ります)。"""


def _page(fields: Sequence[Scored], form_rows: Sequence[str], how: Mapping[str, str]) -> str:
    return f"""# 約束と実測

{_WRITTEN_BY}

人の目が要らないとした項目のうち、誤りは {ALPHA:.1%} 以下。これが約束です。このページは、その実測です。台帳は使っていません。

{_how(how)}

![すべての様式と項目の曲線](images/promise/risk-coverage.svg)

{_READING}

## 確信度は当たっているか

![確信度と実際の正しさ](images/promise/reliability.svg)

## 項目の種類ごと

{_kinds_table(fields, "images/promise")}

## 様式ごと

「見ていないもの」は、確信度の学習にも基準を決めるのにも使わなかったものです。種類ごとの表と上の図は、様式も見ていないものだけの値です。

{_table("様式", form_rows, "見ていないもの")}
"""


def _form_page(
    form_id: str, curve: Curve, fields: Sequence[Scored], how: Mapping[str, str], *, was_learnt: bool
) -> str:
    unseen = (
        "この様式は確信度の学習にも使っています(書体と種は別です)。"
        if was_learnt
        else "この様式は確信度の学習にも基準を決めるのにも使っていません。"
    )
    name = load_form(form_id).name_ja
    return f"""# {name}: 約束と実測

{_WRITTEN_BY}

{unseen}

{_how(how)}

![{name}の曲線](risk-coverage.svg)

{_READING}

{_table("", [_row("全項目", curve)])}

{_kinds_table(fields, None)}
"""
