"""``munibots review list|show|decide``: what people decide, on the command line."""

from __future__ import annotations

import getpass
import os
from pathlib import Path
from typing import TextIO

import click

from munibots.cli.decisions import corrections_from, reason_from
from munibots.cli.output import echo_json, echo_table
from munibots.cli.store_options import store_options
from munibots.cli.texts import say
from munibots.errors import ExitCode, UsageError

_FILE = click.File(encoding="utf-8")


@click.group("review")
def command() -> None:
    """人の確認を待つ案件を見て、決めます。"""


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="JSON で出力")
@store_options
def list_waiting(as_json: bool, workdir: Path, dsn: str) -> None:
    """人の確認を待つ案件の一覧です。"""
    from munibots.domain.case import CaseState
    from munibots.pipeline.reviewing import doubtful_fields
    from munibots.stores.case_store import CaseStore

    rows = []
    with CaseStore.open(dsn, create=False) as store:
        for case in store.list(states=(CaseState.NEEDS_REVIEW, CaseState.FLAGGED)):
            reading = store.reading(case.id)
            doubtful = 0 if reading is None else len(doubtful_fields(reading))
            why = case.problem[1] if case.problem else f"{doubtful} {say('fields-count')}"
            rows.append((case, doubtful, why))
    if as_json:
        echo_json(
            {
                "cases": [
                    {
                        "case": c.id,
                        "state": c.state.value,
                        "form": c.form_id,
                        "source": c.source,
                        "fields": doubtful,
                        "problem": c.problem
                        and {"code": c.problem[0], "message_ja": c.problem[1], "next_ja": c.problem[2]},
                    }
                    for c, doubtful, _ in rows
                ]
            }
        )
    elif rows:
        columns = [say("case"), say("state"), say("form"), say("source"), say("why")]
        echo_table(
            "", columns, [(c.id, say(f"state-{c.state.value}"), c.form_id or "?", c.source, why) for c, _, why in rows]
        )
    else:
        click.echo(say("nothing-waits"))


@command.command("show")
@click.argument("case_id", metavar="案件")
@click.option("--json", "as_json", is_flag=True, help="JSON で出力")
@click.option("--scan", type=click.Path(dir_okay=False, path_type=Path), help="スキャンをこのファイル(JPEG)に書き出す")
@click.option(
    "--page", "page_no", type=click.IntRange(min=1), default=1, show_default=True, help="--scan で書き出すページ"
)
@store_options
def show(case_id: str, as_json: bool, scan: Path | None, page_no: int, workdir: Path, dsn: str) -> None:
    """一つの案件について、人が見るべき項目と、合わなかった規則を示します。"""
    from munibots.pipeline.reviewing import doubtful_fields, for_review
    from munibots.stores.case_store import CaseStore

    with CaseStore.open(dsn, create=False) as store:
        case = store.get(case_id)
        reading = store.reading(case_id)
        if scan is not None:
            if not case.page_indexes:
                raise UsageError(problem=f"案件 {case_id} にはスキャンがありません。")
            _write_private(scan, store.scan(case_id, page_no))
    if as_json:
        document = {} if reading is None else for_review(reading).to_json()
        echo_json({"case": case.id, "state": case.state.value, "revision": case.revision, **document})
        return
    click.echo(
        f"{say('case')}: {case.id}  {say('state')}: {say(f'state-{case.state.value}')}  {say('source')}: {case.source}"
    )
    if len(case.page_indexes) > 1:
        pages = zip(case.page_indexes, case.page_roles, strict=True)
        click.echo(f"{say('pages')}: {'、'.join(f'p.{i + 1} {role.ja}' for i, role in pages)}")
    if case.problem is not None:
        click.echo(f"{case.problem[0]} {case.problem[1]}\n{say('next')}: {case.problem[2]}")
    if reading is None:
        return
    rows = [(v.name, v.label_ja, v.text or say("blank"), " ".join(v.reasons)) for v in doubtful_fields(reading)]
    echo_table("", [say("field"), "", say("read-as"), say("why")], rows)
    for check in reading.checks:
        if not check.ok:
            click.echo(f"! {check.message_ja}")


def _write_private(path: Path, content: bytes) -> None:
    """Make a file that only its owner may read; what is there already is never replaced."""
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except FileExistsError:
        raise UsageError(problem=f"{path} はすでにあります。別の名前を指定するか、先に消してください。") from None
    except OSError as e:
        raise UsageError(problem=f"{path} に書き出せません({e.strerror})。") from None
    with os.fdopen(fd, "wb") as file:
        file.write(content)


@command.command("decide")
@click.argument("case_id", metavar="案件")
@click.option("--approve", "outcome", flag_value="approve", help="承認する(直した項目は --set で)")
@click.option("--reject", "outcome", flag_value="reject", help="却下する(--reason が要ります)")
@click.option(
    "--retry",
    "outcome",
    flag_value="retry",
    help="登録されていないので、もう一度入力する。読み取れなかった案件なら、次の実行でもう一度読み取る",
)
@click.option("--entered", "outcome", flag_value="entered", help="入力の要確認: 基幹システムに登録されている")
@click.option("--set", "settings", multiple=True, metavar="項目=値", help="項目を直す(何度でも)")
@click.option(
    "--set-from", "set_file", type=_FILE, help="直す項目をファイル(- は標準入力)から読む。JSON か、項目=値 の行"
)
@click.option("--reason", default="", help="理由")
@click.option("--reason-from", "reason_file", type=_FILE, help="理由をファイル(- は標準入力)から読む")
@click.option("--reviewer", default=getpass.getuser, show_default="ログイン名", help="決めた人")
@click.option("--revision", type=int, help="見たときの版(ほかの人が変えていたら書き込まない)")
@click.option("--json", "as_json", is_flag=True, help="JSON で出力")
@store_options
def decide(
    case_id: str,
    outcome: str | None,
    settings: tuple[str, ...],
    set_file: TextIO | None,
    reason: str,
    reason_file: TextIO | None,
    reviewer: str,
    revision: int | None,
    as_json: bool,
    workdir: Path,
    dsn: str,
) -> int:
    """案件を承認、却下し、または入力の要確認を片づけます。"""
    from munibots.domain.review import ReviewOutcome
    from munibots.pipeline.reviewing import decide_case
    from munibots.stores.case_store import CaseStore

    if outcome is None:
        raise UsageError(problem="--approve、--reject、--retry、--entered のどれかを付けてください。")
    if set_file is not None and reason_file is not None and set_file.name == reason_file.name:
        raise UsageError(problem="--set-from と --reason-from には別のファイルを指定してください。")
    corrections = corrections_from(settings, set_file)
    with CaseStore.open(dsn, create=False) as store:
        recorded = decide_case(
            store,
            case_id,
            reviewer=reviewer,
            outcome=ReviewOutcome(outcome),
            corrections=corrections,
            reason_ja=reason_from(reason, reason_file),
            revision=revision,
        )
        state = store.get(case_id).state
    if as_json:
        echo_json({"case": case_id, "recorded": recorded, "state": state.value})
    elif recorded:
        click.echo(say("decided", case=case_id, outcome=say(f"state-{state.value}")))
    else:
        click.echo(say("stale", case=case_id), err=True)
    return ExitCode.DONE if recorded else ExitCode.NEEDS_PERSON
