"""``munibots check``: is a definition sound?"""

from __future__ import annotations

from pathlib import Path

import click

from munibots.cli.output import echo_json
from munibots.cli.texts import say
from munibots.errors import ExitCode


@click.command("check")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="JSON で出力")
def command(path: Path, as_json: bool) -> int:
    """様式、団体、基幹システム、ボットの定義に誤りがないかを確かめ、次にすることを示します。

    PATH は定義のフォルダー。いくつもの定義を含むフォルダーなら、すべて確かめます。終了コード: 0 誤りなし、2 誤りがある。
    """
    from munibots.domain.form import Severity
    from munibots.testing.folders import check_folder

    found = check_folder(path)
    errors = sum(f.severity is Severity.ERROR for findings in found.values() for f in findings)
    notices = sum(map(len, found.values())) - errors
    if as_json:
        checked = [
            {"path": str(folder), "findings": [f.to_json() for f in findings]} for folder, findings in found.items()
        ]
        echo_json({"ok": errors == 0, "errors": errors, "notices": notices, "checked": checked})
    else:
        for folder, findings in found.items():
            click.echo(f"■ {folder}" + ("" if findings else f"  {say('sound')}"))
            for finding in findings:
                click.echo(str(finding))
        click.echo(say("checked", errors=errors, notices=notices))
    return ExitCode.BAD_INPUT if errors else ExitCode.DONE
