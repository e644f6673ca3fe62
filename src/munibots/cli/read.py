"""``munibots read``: documents to fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from munibots.cli.output import echo_json, echo_table, progress
from munibots.cli.texts import say
from munibots.domain.reading import Decision, DocumentReading
from munibots.errors import ExitCode

if TYPE_CHECKING:
    from munibots.pipeline.document_reader import DocumentReader


@click.command("read")
@click.argument("paths", nargs=-1, metavar="書類...", type=click.Path(exists=True, path_type=Path))
@click.option("--form", "form_id", help="この様式だけを受け付ける")
@click.option("--profile", default="demo", show_default=True, help="団体(プロファイル)")
@click.option("--max-pages", default=100, show_default=True, help="1 ファイルの上限ページ数")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="読み取るプロセスの数")
@click.option("--import-csv", "import_csv", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="別の AI-OCR が書き出した CSV を読み取りの代わりにする(--form が要る)")  # fmt: skip
@click.option("--map", "mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="その CSV の列の対応(YAML)")  # fmt: skip
@click.option("--jsonl", "--json", "as_json", is_flag=True, help="1 書類 1 行の JSON で出力")
def command(
    paths: tuple[Path, ...],
    form_id: str | None,
    profile: str,
    max_pages: int,
    jobs: int,
    import_csv: Path | None,
    mapping: Path | None,
    as_json: bool,
) -> int:
    """書類(PDF、TIFF、JPEG、PNG)を読み取り、項目の値を出します。

    終了コード: 0 すべて人の確認なしで読めた、2 受け付けられないファイルがあった、3 人の確認が要る書類があった。
    """
    from munibots.definitions.profile_files import load_profile
    from munibots.pipeline.document_reader import DocumentReader
    from munibots.pipeline.inbox import inbox_files

    if bool(paths) == (import_csv is not None):
        raise click.UsageError("書類か --import-csv のどちらか一方を指定してください。")
    decisions = set()
    readings = (
        _read(
            tuple(f for p in paths for f in (inbox_files(p) if p.is_dir() else (p,))), profile, form_id, max_pages, jobs
        )
        if import_csv is None
        else _imported(DocumentReader(load_profile(profile), only_form=form_id), import_csv, mapping, form_id)
    )
    for reading in readings:
        decisions.add(reading.decision)
        if as_json:
            echo_json(reading.to_json())
        else:
            _show(reading)
    if Decision.REJECT in decisions:
        return ExitCode.BAD_INPUT
    return ExitCode.NEEDS_PERSON if Decision.REVIEW in decisions else ExitCode.DONE


def _read(
    files: Sequence[Path], profile: str, form_id: str | None, max_pages: int, jobs: int
) -> Iterator[DocumentReading]:
    from munibots.definitions.profile_files import load_profile
    from munibots.pipeline.document_reader import DocumentReader
    from munibots.pipeline.file_reader import read_files
    from munibots.pipeline.reading_processes import ReadingProcesses

    reader = DocumentReader(load_profile(profile), only_form=form_id) if jobs == 1 else None
    with progress(quiet=True) as stage:
        pages = stage(say("reading"))
        if reader is not None:
            yield from read_files(reader, files, max_pages=max_pages, progress=pages)
            return
        with ReadingProcesses(profile, jobs, only_form=form_id) as processes:
            yield from processes.read_files(files, max_pages=max_pages, progress=pages)


def _imported(
    reader: DocumentReader, import_csv: Path, mapping: Path | None, form_id: str | None
) -> Iterator[DocumentReading]:
    from munibots.definitions.form_files import load_form
    from munibots.definitions.import_files import mapping_by_labels, read_import, read_import_mapping
    from munibots.pipeline.imported import readings_of

    if form_id is None:
        raise click.UsageError("--import-csv には --form(様式の名前)が要ります。")
    form = load_form(form_id)
    columns = mapping_by_labels(form, import_csv) if mapping is None else read_import_mapping(mapping, form)
    yield from readings_of(reader, form, read_import(import_csv, columns))


def _show(reading: DocumentReading) -> None:
    where = (
        f"{reading.source} p.{', '.join(str(i + 1) for i in reading.page_indexes)}"
        if reading.page_indexes
        else reading.source
    )
    form = reading.match.form_id or "?"
    click.echo(f"\n■ {where}  {say('form')}: {form}  {say('decision')}: {say(reading.decision.value)}")
    if reading.problem is not None:
        code, reason_ja, next_ja = reading.problem
        click.echo(f"  {code} {reason_ja}\n  {say('next')}: {next_ja}")
        return
    rows = [
        (
            v.label_ja,
            v.text or say("blank"),
            v.value if isinstance(v.value, str) else "、".join(v.value or ()),
            "" if v.confidence is None else f"{v.confidence:.3f}",
            say("not-needed") if v.accepted else say("needed"),
            " ".join(v.reasons),
        )
        for v in reading.values
        if not (v.blank and v.accepted)
    ]
    echo_table("", [say("field"), say("read-as"), "→", say("confidence"), say("eyes"), say("why")], rows)
    for check in reading.checks:
        if not check.ok:
            click.echo(f"  ! {check.message_ja}")
