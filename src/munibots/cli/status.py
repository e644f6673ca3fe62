"""``munibots status``: where the cases stand, and what waits for whom."""

from __future__ import annotations

from pathlib import Path

import click

from munibots.cli.output import echo_json, echo_table
from munibots.cli.store_options import store_options
from munibots.cli.texts import TEXTS, say


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="JSON で出力")
@store_options
def command(as_json: bool, workdir: Path, dsn: str) -> None:
    """案件の数を、状態、ボット、担当課ごとに示します。"""
    from munibots.definitions.bot_files import load_bot
    from munibots.domain.case import CASE_STATES_JA
    from munibots.errors import DefinitionNotFoundError
    from munibots.pipeline.promise_watch import broken_promises
    from munibots.stores.case_store import CaseStore

    def section_of(bot_id: str) -> str:
        try:
            return load_bot(bot_id).section_ja
        except DefinitionNotFoundError:  # the store outlives a bot that was taken away
            return ""

    with CaseStore.open(dsn, create=False) as store:
        counts = sorted(store.counts().items())
        broken = broken_promises(store)
    rows = [
        {
            "bot": bot_id,
            "section": section_of(bot_id),
            "state": state.value,
            "state_ja": CASE_STATES_JA[state],
            "cases": n,
            "waits_for_ja": TEXTS[f"waits-{state.value}"][0].strip("―"),
        }
        for (bot_id, state), n in counts
    ]
    if as_json:
        totals: dict[str, int] = {}
        for row in rows:
            totals[str(row["state"])] = totals.get(str(row["state"]), 0) + int(str(row["cases"]))
        alarmed = [{"profile": code, "kind": k.kind} for code, kinds in broken.items() for k in kinds]
        echo_json({"cases": totals, "by_bot": rows, "workers": [], "promise_broken": alarmed})
    elif rows:
        columns = [say("bot"), say("section"), say("state"), say("cases"), say("next")]
        echo_table(
            "",
            columns,
            [
                (
                    str(r["bot"]),
                    str(r["section"]),
                    say(f"state-{r['state']}"),
                    str(r["cases"]),
                    say(f"waits-{r['state']}"),
                )
                for r in rows
            ],
        )
    else:
        click.echo(say("no-cases"))
    if not as_json:
        for code, kinds in broken.items():
            click.echo(say("promise-broken", profile=code, kinds="、".join(k.label_ja for k in kinds)))
