"""``munibots promise show|recalibrate``: what is promised of the fields that nobody looks at, and whether it holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from munibots.cli.output import echo_json, echo_table
from munibots.cli.store_options import store_options
from munibots.cli.texts import say
from munibots.errors import ExitCode


@click.group("promise")
def command() -> None:
    """人の目を省いた項目についての約束を見て、自分の団体の基準に改めます。"""


@command.command("show")
@click.option("--profile", required=True, help="団体(プロファイル)")
@click.option("--json", "as_json", is_flag=True, help="JSON で出力")
@store_options
def show(profile: str, as_json: bool, workdir: Path, dsn: str) -> int:
    """約束が守られているかを、項目の種類ごとに示します。

    終了コード: 0 守られている、3 破れて引き上げたままの種類がある。
    """
    from munibots.definitions.profile_files import load_profile
    from munibots.pipeline.promise_watch import KindStatus, level_ja, promise_status
    from munibots.stores.case_store import CaseStore

    def state(k: KindStatus) -> str:
        if k.alarm:
            return "promise-alarm"
        return "promise-holds" if k.judged else "promise-unknown"

    city = load_profile(profile)
    with CaseStore.open(dsn) as store:
        kinds = promise_status(store, city)
    if as_json:
        rows: list[dict[str, Any]] = [
            {
                "kind": k.kind,
                "label_ja": k.label_ja,
                "promised": k.promised,
                "accept_at": k.accept_at,
                "origin": k.origin and k.origin.value,
                "drawn": k.drawn,
                "samples": k.judged,
                "errors": k.wrong,
                "e_value": k.e_value,
                "broken": k.alarm,
            }
            for k in kinds
        ]
        echo_json({"profile": profile, "audit_share": city.audit_share, "kinds": rows})
    else:
        columns = ["kind", "promised", "level", "origin", "samples", "errors", "e-value", "state"]
        echo_table(
            "",
            [say(c) for c in columns],
            [
                (
                    k.label_ja,
                    f"{k.promised:.2%}",
                    level_ja(k.accept_at),
                    "" if k.origin is None else k.origin.ja,
                    f"{k.drawn} ({k.judged})",
                    str(k.wrong),
                    f"{k.e_value:.3g}",
                    say(state(k)),
                )
                for k in kinds
            ],
        )
    return ExitCode.NEEDS_PERSON if any(k.alarm for k in kinds) else ExitCode.DONE


@command.command("recalibrate")
@click.option("--profile", required=True, help="団体(プロファイル)")
@click.option("--dry-run", is_flag=True, help="提案を示すだけで、書き込まない")
@click.option("--json", "as_json", is_flag=True, help="JSON で出力")
@store_options
def recalibrate(profile: str, dry_run: bool, as_json: bool, workdir: Path, dsn: str) -> None:
    """職員が確かめた項目から、自分の団体の基準を求めて改めます。

    誤り率の 95 % 上限が約束に収まると言えるときだけ下げます。
    """
    from munibots.definitions.profile_files import load_profile
    from munibots.pipeline.promise_watch import level_ja
    from munibots.pipeline.recalibrating import adopt, propose
    from munibots.stores.case_store import CaseStore

    city = load_profile(profile)
    with CaseStore.open(dsn) as store:
        proposals = propose(store, city)
        written = 0 if dry_run else adopt(store, city, proposals)
    if as_json:
        rows = [
            {
                "kind": p.kind,
                "label_ja": p.label_ja,
                "current": p.current.accept_at,
                "accept_at": p.proposal.accept_at,
                "upper_bound_95": p.proposal.bound,
                "samples": p.proposal.seen,
                "errors": p.proposal.wrong,
                "changes": p.changes,
                "reason_ja": p.proposal.reason_ja,
            }
            for p in proposals
        ]
        echo_json({"profile": profile, "promised": city.promised_error, "written": written, "kinds": rows})
        return
    columns = ["kind", "level", "new-level", "bound", "seen", "errors", "why"]
    echo_table(
        "",
        [say(c) for c in columns],
        [
            (
                p.label_ja,
                level_ja(p.current.accept_at),
                level_ja(p.proposal.accept_at) if p.changes else "",
                f"{p.proposal.bound:.3%}",
                str(p.proposal.seen),
                str(p.proposal.wrong),
                p.proposal.reason_ja,
            )
            for p in proposals
        ],
    )
    click.echo(say("recalibrate-dry") if dry_run else say("recalibrated", n=written))
