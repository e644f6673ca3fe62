"""Is a form's folder sound: what it means, where its fields sit, and whether its paper can be told from others."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from munibots.checking.rules import RULE_KINDS
from munibots.definitions.form_files import read_form, read_layout
from munibots.definitions.yaml_file import YamlFile
from munibots.domain.form import FieldType, Form
from munibots.testing.findings import Finding, Findings, field_paths, read_or_find
from munibots.testing.layout_checks import check_layout
from munibots.testing.paper_checks import check_papers

__all__ = ["check_form"]


def check_form(folder: Path) -> tuple[Finding, ...]:
    """Everything that is wrong with a form, its layout and its blank pages.

    Args:
        folder: Holds ``form.yaml`` and, beside it, ``layout.yaml`` with the blank pages.
    """
    form, found = read_or_find(read_form, folder / "form.yaml")
    if form is None:
        return found
    findings = Findings(YamlFile(folder / "form.yaml", "form"))
    _check_meaning(form, folder, findings)
    layout, unreadable = read_or_find(read_layout, folder / "layout.yaml")
    if layout is None:
        return (*findings.all, *unreadable)
    return (
        *findings.all,
        *check_layout(form, layout, folder / "layout.yaml"),
        *check_papers(layout, folder / "layout.yaml"),
    )


def _check_meaning(form: Form, folder: Path, findings: Findings) -> None:
    paths = field_paths(YamlFile(folder / "form.yaml", "form"))
    if form.id != folder.resolve().name:
        findings.error(
            ("id",),
            f"id が {form.id} で、フォルダー名 {folder.resolve().name} と違います。",
            "id とフォルダー名を同じにしてください。",
        )
    if form.section_ja.startswith("("):
        findings.notice(("section_ja",), "担当課が書かれていません。", "section_ja に担当課の名前を書いてください。")
    labels = Counter(f.label_ja for f in form.fields)
    for field in form.fields:
        path = paths[field.name]
        if labels[field.label_ja] > 1:
            findings.notice(
                path,
                f"項目 {field.name}: 見出し「{field.label_ja}」が {labels[field.label_ja]} つの項目にあります。",
                "確認画面で見分けられるように、label_ja を「届出人 氏名」のように書き分けてください。",
            )
        if len({c.name for c in field.choices}) != len(field.choices):
            findings.error(
                path, f"項目 {field.name}: 同じ選択肢が二つあります。", "choices から重なりを除いてください。"
            )
        if field.choices and field.type not in (FieldType.CHOICE, FieldType.MARKS):
            findings.error(
                path,
                f"項目 {field.name}: 種類 {field.type.value} に選択肢があります。",
                "type を choice か marks にするか、choices を除いてください。",
            )
    for i, rule in enumerate(form.rules):
        if rule.kind not in RULE_KINDS:
            findings.error(
                ("rules", i),
                f"規則 {rule.id}: kind「{rule.kind}」はありません。",
                f"使えるのは {'、'.join(sorted(RULE_KINDS))} です。",
            )
    doubled = [name for name, n in Counter(r.id for r in form.rules).items() if n > 1]
    if doubled:
        findings.error(("rules",), f"規則の id {'、'.join(doubled)} が二度あります。", "id を変えてください。")
    if not form.identity:
        findings.notice(
            ("fields",),
            "identity がないので、同じ届出を二度取り込んでも気づけません。",
            "届出を見分ける項目(氏名、生年月日、届出日など)の名前を identity に並べてください。",
        )
