"""``munibots demo``: the main job end to end on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from munibots.cli.output import echo_json, echo_table, progress
from munibots.cli.texts import say
from munibots.errors import ExitCode


@click.command("demo")
@click.option("--cases", default=10, show_default=True, type=click.IntRange(1, 1000), help="届出の件数")
@click.option(
    "--workdir",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("munibots-demo"),
    show_default=True,
    help="作業フォルダ。同じフォルダでもう一度実行すると、続きから始めます",
)
@click.option("--seed", default=1, show_default=True, help="同じ数からは同じ届出ができます")
@click.option("--json", "as_json", is_flag=True, help="結果を JSON で出力")
def command(cases: int, workdir: Path, seed: int, as_json: bool) -> int:
    """合成した住民異動届で、読み取りから入力、照合、報告書までを通して見せます。

    個人の情報は使いません。基幹システムもこの端末の中で動くデモです。
    """
    from munibots.demo.main_job import run_demo

    with progress() as stage:
        result = run_demo(workdir, cases=cases, seed=seed, stage=lambda key: stage(say(key)))
    if as_json:
        echo_json(result.to_json())
    else:
        rows = [
            (say("received"), result.cases),
            (say("entered"), result.entered),
            (say("flagged"), result.flagged),
            (say("rejected"), result.rejected),
            (say("auto-approved"), result.auto_approved),
            (say("reviewed"), result.reviewed),
            (say("entered-twice"), result.entered_twice),
            (say("lost"), result.lost),
            (say("fields"), result.fields),
            (say("fields-accepted"), result.fields_accepted),
            (say("fields-wrong"), result.fields_accepted_wrong),
            (say("fields-sampled"), result.fields_sampled),
            (say("sampled-wrong"), result.fields_sampled_wrong),
            (say("seconds"), result.seconds),
        ]
        echo_table(say("demo-done") if result.sound else say("demo-broken"), ["", ""], [(a, str(b)) for a, b in rows])
        click.echo(f"\n{say('report')}: {result.report}")
        click.echo(f"{say('database')}: {result.database}")
        click.echo(f"{say('core-database')}: {result.core_system_database}")
    return ExitCode.DONE if result.sound else ExitCode.BUG
