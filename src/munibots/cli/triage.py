"""``munibots triage``: which tasks of a city hall are for staff, for AI, for a robot, for an outsourcer."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from munibots.cli.output import echo_json, echo_table
from munibots.cli.texts import say
from munibots.errors import UsageError

if TYPE_CHECKING:
    from munibots.classifying.triage import Proposal, Reason, Triage
    from munibots.classifying.triage_savings import Assumption, Saving

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("triage")
@click.argument("tasks", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--template", type=_FILE, help="業務の一覧のひな形(CSV)をこのファイルに書き出す")
@click.option("--profile", help="団体(プロファイル)。triage.yaml があれば、その仮定を使う")
@click.option("--assumptions", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="削減の見込みの仮定(YAML)")  # fmt: skip
@click.option("--csv", "csv_file", type=_FILE, help="提案をこの CSV に書き出す")
@click.option("--picture", type=_FILE, help="二つの軸の図(SVG)をこのファイルに書き出す")
@click.option("--json", "as_json", is_flag=True, help="JSON で出力")
def command(
    tasks: Path | None,
    template: Path | None,
    profile: str | None,
    assumptions: Path | None,
    csv_file: Path | None,
    picture: Path | None,
    as_json: bool,
) -> None:
    """業務の一覧(CSV)から、従来通り、AI化、RPA化、最適なアウトソーシングのどれに向くかを提案します。

    提案には理由をすべて付けます。決めるのは職員です。初めは `--template ファイル` でひな形を作ってください。
    """
    if (tasks is None) == (template is None):
        raise UsageError(problem="業務の一覧(CSV)か `--template ファイル` の、どちらか一つを指定してください")
    from munibots.classifying.triage import load_triage
    from munibots.classifying.triage_savings import city_assumptions, read_assumptions
    from munibots.definitions.task_list import read_task_list, write_task_template

    if template is not None:
        write_task_template(template)
        click.echo(say("triage-template", file=template))
        return
    assert tasks is not None
    for written in (csv_file, picture):
        if written is not None and written.resolve() == tasks.resolve():
            raise UsageError(problem=f"{written} は業務の一覧そのものです。別の名前にしてください")
    read = read_task_list(tasks)
    if read.unused_columns:
        click.echo(say("triage-unused", columns="、".join(read.unused_columns)), err=True)
    overrides = city_assumptions(profile) if profile else ()
    if assumptions is not None:
        overrides = (*overrides, *read_assumptions(assumptions, assumptions.name))
    triage = load_triage(overrides)
    proposals = [triage.propose(task) for task in read.tasks]
    if csv_file is not None:
        _write_csv(csv_file, proposals)
    if picture is not None:
        _write(picture, _picture(triage, proposals))
    if as_json:
        echo_json(_document(triage, proposals))
    else:
        _show(triage, proposals)


def _show(triage: Triage, proposals: Sequence[Proposal]) -> None:
    columns = [say(key) for key in ("triage-no", "task", "proposal", "routine", "judgement", "hours", "saving")]
    rows = [
        [
            str(no),
            p.task.name,
            p.approach_ja,
            f"{p.routine:+.2f}",
            f"{p.judgement:+.2f}",
            "―" if p.task.hours_a_year is None else f"{p.task.hours_a_year:,.0f}",
            _range_ja(p.saving),
        ]
        for no, p in enumerate(proposals, start=1)
    ]
    echo_table(say("proposal"), columns, rows)
    for no, p in enumerate(proposals, start=1):
        echo_table(f"\n{no} {p.task.name} → {p.approach_ja}", ["", ""], list(_details(p)))
    used = _used(triage, proposals)
    if used:
        click.echo()
        echo_table(
            say("assumptions"),
            ["", say("value"), say("source-of"), say("origin")],
            [[a.label_ja, a.value_ja, "\n".join((a.source_ja, *a.urls)), a.origin] for a in used],
        )
    sources = {source: None for p in proposals if p.authority is not None for source in p.authority.sources}
    echo_table(f"\n{say('rule-sources')}", ["", ""], [[title, url] for title, url in sources])
    click.echo()
    click.echo(say("triage-total", low=_total(proposals, "low"), high=_total(proposals, "high")))
    click.echo(say("triage-not-a-decision"))


def _details(p: Proposal) -> list[list[str]]:
    rows = [[say("why"), p.why_ja]]
    for reason in p.reasons:
        points = [f"{say(axis)} {value:+.2f}" for axis, value in _points(reason).items() if value]
        rows.append(["", f"{reason.text_ja}  {'、'.join(points) or '±0'}"])
    rows += [[say("conflict"), text] for text in p.conflicts]
    if p.missing:
        rows.append([say("missing"), "、".join(p.missing)])
    rows += [[say("note"), text] for text in p.notes]
    if p.saving is not None:
        rows.append([say("saving"), f"{_range_ja(p.saving)}({', '.join(p.saving.assumptions)})"])
    if p.authority is None:
        rows.append([say("who-may"), say("who-unknown")])
        return rows
    rows.append([say("who-may"), p.authority.rule_ja])
    if p.authority.staff_only:
        rows.append([say("staff-only"), "、".join(p.authority.staff_only)])
    rows.append([say("auxiliary"), "、".join(p.authority.auxiliary)])
    return rows


def _document(triage: Triage, proposals: Sequence[Proposal]) -> dict[str, Any]:
    return {
        "tasks": [_task_json(no, p) for no, p in enumerate(proposals, start=1)],
        "counts": dict(Counter("staff_decides" if p.approach is None else p.approach.value for p in proposals)),
        "saving_hours_a_year": {end: round(_total(proposals, end), 1) for end in ("low", "mid", "high")},
        "assumptions": [
            {
                "id": a.id,
                "label_ja": a.label_ja,
                "low": a.low,
                "mid": a.mid,
                "high": a.high,
                "source_ja": a.source_ja,
                "urls": a.urls,
                "origin": a.origin,
            }
            for a in _used(triage, proposals)
        ],
    }


def _task_json(no: int, p: Proposal) -> dict[str, Any]:
    s = p.saving
    return {
        "no": no,
        "line": p.task.line,
        "name": p.task.name,
        "section": p.task.section,
        "proposal": "staff_decides" if p.approach is None else p.approach.value,
        "proposal_ja": p.approach_ja,
        "why_ja": p.why_ja,
        "routine": p.routine,
        "judgement": p.judgement,
        "reasons": [
            {"text_ja": r.text_ja, **_points(r), "evidence": "words" if r.from_words else "column"} for r in p.reasons
        ],
        "missing": p.missing,
        "conflicts": p.conflicts,
        "notes": p.notes,
        "hours_a_year": p.task.hours_a_year,
        "saving_hours_a_year": s
        and {
            "low": round(s.low, 1),
            "mid": round(s.mid, 1),
            "high": round(s.high, 1),
            "upkeep": s.upkeep,
            "assumptions": s.assumptions,
        },
        "authority": p.authority
        and {
            "rule_ja": p.authority.rule_ja,
            "staff_only": p.authority.staff_only,
            "auxiliary": p.authority.auxiliary,
            "sources": [{"title_ja": title, "url": url} for title, url in p.authority.sources],
        },
    }


def _write_csv(path: Path, proposals: Sequence[Proposal]) -> None:
    """For a spreadsheet: UTF-8 with BOM, no cell that it would take for a formula."""
    header = ["番号", "業務名", "担当課", "提案", "理由", "内訳", "足りない列", "食い違い", "注意", "定型度", "判断"]
    header += ["年間の時間", "削減(少)", "削減(中)", "削減(多)", "職員だけが行う工程", "補助の工程", "規則の出典"]
    rows = []
    for no, p in enumerate(proposals, start=1):
        s, a = p.saving, p.authority
        texts = [p.task.name, p.task.section, p.approach_ja, p.why_ja, "\n".join(r.text_ja for r in p.reasons)]
        texts += ["、".join(p.missing), "\n".join(p.conflicts), "\n".join(p.notes)]
        numbers = ["", "", ""] if s is None else [f"{hours:.1f}" for hours in (s.low, s.mid, s.high)]
        hours = "" if p.task.hours_a_year is None else f"{p.task.hours_a_year:.1f}"
        who = (
            [] if a is None else ["、".join(a.staff_only), "、".join(a.auxiliary), "\n".join(map(" ".join, a.sources))]
        )
        safe = [_no_formula(text) for text in texts]
        rows.append([no, *safe, f"{p.routine:.2f}", f"{p.judgement:.2f}", hours, *numbers, *(who or ["", "", ""])])
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([header, *rows])
    except OSError as e:
        raise UsageError(problem=f"{path} に書けません({e.strerror})") from e


def _no_formula(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as e:
        raise UsageError(problem=f"{path} に書けません({e.strerror})") from e


def _picture(triage: Triage, proposals: Sequence[Proposal]) -> str:
    from munibots.reporting.two_axes import two_axes_picture

    return two_axes_picture(proposals, triage.rules.axes, triage.rules.margin, "業務の仕分け(提案。決めるのは職員です)")


def _points(reason: Reason) -> dict[str, float]:
    return {"routine": reason.routine, "judgement": reason.judgement}


def _used(triage: Triage, proposals: Sequence[Proposal]) -> list[Assumption]:
    ids = {name for p in proposals if p.saving is not None for name in p.saving.assumptions}
    return [a for a in triage.assumptions.all.values() if a.id in ids]


def _range_ja(saving: Saving | None) -> str:
    return "―" if saving is None else f"{saving.low:,.0f}〜{saving.high:,.0f}(ふつう {saving.mid:,.0f})"


def _total(proposals: Sequence[Proposal], end: str) -> float:
    return sum(float(getattr(p.saving, end)) for p in proposals if p.saving is not None)
