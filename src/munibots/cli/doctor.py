"""``munibots doctor``: is this machine ready?"""

from __future__ import annotations

from pathlib import Path

import click

from munibots.cli.output import echo_json, echo_table
from munibots.cli.store_options import store_options
from munibots.cli.texts import say
from munibots.errors import ExitCode


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="JSON で出力")
@store_options
def command(as_json: bool, workdir: Path, dsn: str) -> int:
    """ブラウザ、ドライバー、フォント、データベース、学習済みファイルがそろっているかを調べます。"""
    from munibots.cli.machine import examine

    findings = examine(dsn)
    ready = all(f.ok for f in findings)
    if as_json:
        echo_json(
            {
                "ready": ready,
                "checks": [{"name": f.name, "ok": f.ok, "found": f.found, "next_ja": f.next_ja} for f in findings],
            }
        )
    else:
        rows = [("✓" if f.ok else "✗", say(f"need-{f.name}"), f.found, f.next_ja) for f in findings]
        echo_table("", ["", "", "", say("next")], rows)
        click.echo(say("ready") if ready else say("not-ready"))
    return ExitCode.DONE if ready else ExitCode.OUTSIDE_MISSING
