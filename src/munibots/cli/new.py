"""``munibots new``: start something of one's own."""

from __future__ import annotations

from pathlib import Path

import click

from munibots.cli.output import echo_json
from munibots.cli.texts import say


@click.group("new")
def command() -> None:
    """自分の団体の様式を作り始めます。"""


@command.command("form")
@click.option("--id", "form_id", required=True, help="様式の名前(英小文字・数字・_)")
@click.option("--blank", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), help="白紙の様式(PDF、TIFF、PNG、JPEG)")  # fmt: skip
@click.option("--fields", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), help="項目と枠の一覧(CSV)")  # fmt: skip
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="様式のフォルダー(例: mycity/forms/ID)")  # fmt: skip
@click.option("--name-ja", help="様式の呼び名(指定しなければ白紙の表題を読む)")
@click.option("--section", help="担当課")
@click.option("--json", "as_json", is_flag=True, help="JSON で出力")
def form(
    form_id: str, blank: Path, fields: Path, out: Path, name_ja: str | None, section: str | None, as_json: bool
) -> None:
    """白紙の様式と項目の一覧(CSV)から、様式の定義を作ります。

    CSV の列: name,label_ja,type,page_index,x_mm,y_mm,w_mm,h_mm,choices(選択肢は | で区切る)
    """
    from munibots.pipeline.new_form import make_form
    from munibots.testing.form_checks import check_form

    made = make_form(form_id, blank, fields, out, name_ja=name_ja, section_ja=section)
    findings = check_form(out)
    if as_json:
        styles = {r.field: r.style.value for r in made.layout.regions}
        document = {
            "id": form_id,
            "name_ja": made.form.name_ja,
            "files": [str(f) for f in made.files],
            "styles": styles,
        }
        echo_json({**document, "findings": [f.to_json() for f in findings]})
        return
    for file in made.files:
        click.echo(file)
    if made.title_read:
        click.echo(say("title-read", name=made.form.name_ja, file=made.files[0]))
    for finding in findings:
        click.echo(str(finding))
    click.echo(say("new-form-next", out=out, parent=out.resolve().parent.parent, form=form_id))
