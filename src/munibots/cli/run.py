"""``munibots run``: a bot on its approved cases."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from munibots.cli.output import echo_json, progress
from munibots.cli.store_options import store_options
from munibots.cli.texts import say
from munibots.errors import ExitCode, FileUnavailableError


@click.command("run")
@click.argument("bot", metavar="ボット")
@click.option("--profile", required=True, help="団体(プロファイル)")
@click.option(
    "--inbox", type=click.Path(exists=True, file_okay=False, path_type=Path), help="先に取り込むスキャンのフォルダ"
)
@click.option("--limit", type=click.IntRange(min=1), help="入力する件数の上限")
@click.option("--max-pages", default=100, show_default=True, help="1 ファイルの上限ページ数")
@click.option("--json", "as_json", is_flag=True, help="結果を JSON で出力")
@store_options
def command(
    bot: str,
    profile: str,
    inbox: Path | None,
    limit: int | None,
    max_pages: int,
    as_json: bool,
    workdir: Path,
    dsn: str,
) -> int:
    """ボットを動かし、承認済みの案件を基幹システムへ入力します。

    終了コード: 0 すべて終わった、3 人の判断を待つ案件か読めないファイルが残った、4 基幹システムが使えない。
    """
    from munibots.definitions.bot_files import load_bot
    from munibots.definitions.profile_files import load_profile
    from munibots.domain.case import CaseState
    from munibots.keywords.runner import run_bot
    from munibots.pipeline.conductor import read_received
    from munibots.pipeline.document_reader import DocumentReader
    from munibots.pipeline.inbox import inbox_files, take_in
    from munibots.reporting.html import write_report
    from munibots.stores.case_store import CaseStore
    from munibots.stores.store_lock import store_lock

    name_ja = load_bot(bot).name_ja
    city = load_profile(profile)
    begun = datetime.now(UTC)
    left_files: tuple[FileUnavailableError, ...] = ()
    workdir.mkdir(parents=True, exist_ok=True)
    with store_lock(dsn), progress() as stage:
        with CaseStore.open(dsn) as store:
            reader = DocumentReader(city)
            if inbox is not None:
                left_files = take_in(
                    store,
                    inbox_files(inbox),
                    look=reader.look,
                    bot_id=bot,
                    profile=profile,
                    max_pages=max_pages,
                    progress=stage(say("taking-in")),
                ).left
                for error in left_files:
                    click.echo(say.error(error), err=True)
            read_received(store, reader, bot_id=bot, profile=profile, progress=stage(say("reading")))
        entering = stage(say("entering"))
        result = run_bot(bot, dsn=dsn, profile=profile, workdir=workdir, limit=limit, progress=entering)
        with CaseStore.open(dsn) as store:
            by_bot = store.counts(profile=profile)
            counts = {state: by_bot.get((bot, state), 0) for state in CaseState}
            report = write_report(
                store,
                workdir / "report.html",
                title_ja=name_ja,
                profile_name_ja=city.name_ja,
                bot_id=bot,
                profile=profile,
                since=begun,
            )
    concluded = (CaseState.ENTERED, CaseState.FLAGGED, CaseState.REJECTED)
    left = sum(n for state, n in counts.items() if state not in concluded)
    if result.error is not None:
        click.echo(say.error(result.error), err=True)
    if as_json:
        states = {state.value: n for state, n in counts.items()}
        echo_json(
            {
                "bot": bot,
                "profile": profile,
                "cases": states,
                "files_left": [e.detail["file"] for e in left_files],
                "report": str(report),
                "robot_log": str(result.log),
            }
        )
    else:
        click.echo(say("run-done", entered=counts[CaseState.ENTERED], flagged=counts[CaseState.FLAGGED], left=left))
        click.echo(f"{say('report')}: {report}")
    if result.exit_code not in (ExitCode.DONE, ExitCode.NEEDS_PERSON):
        return result.exit_code
    return ExitCode.NEEDS_PERSON if left or left_files or counts[CaseState.FLAGGED] else ExitCode.DONE
