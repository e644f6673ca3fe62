"""``munibots explain``: where a definition comes from, and which file won."""

from __future__ import annotations

import click

from munibots.cli.output import echo_json
from munibots.cli.texts import say


@click.command("explain")
@click.argument("name")
@click.option("--profile", help="団体(プロファイル)")
@click.option("--json", "as_json", is_flag=True, help="JSON で出力")
def command(name: str, profile: str | None, as_json: bool) -> None:
    """様式、項目、画面の項目、設定の名前から、それを定めているファイルと行を示します。

    例: `munibots explain juminido`、`munibots explain new_address --profile demo`
    """
    from munibots.definitions.explaining import explain
    from munibots.errors import DefinitionNotFoundError

    origins = explain(name, profile)
    if not origins:
        raise DefinitionNotFoundError(kind="名前", name=name)
    if as_json:
        echo_json(
            {
                "name": name,
                "profile": profile,
                "origins": [
                    {"kind": o.kind, "what_ja": o.what_ja, "file": str(o.file), "line": o.line, "wins": o.wins}
                    for o in origins
                ],
            }
        )
        return
    for o in origins:
        click.echo(f"[{say('wins') if o.wins else say('overridden')}] {o.what_ja}\n    {o.file}:{o.line}")
