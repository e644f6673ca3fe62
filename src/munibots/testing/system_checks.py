"""Is a core system's definition sound: does it know the forms and fields that it writes?"""

from __future__ import annotations

from pathlib import Path

from munibots.definitions import places
from munibots.definitions.form_files import load_form
from munibots.definitions.system_files import read_system
from munibots.definitions.yaml_file import YamlFile
from munibots.domain.screen import Flow, System
from munibots.testing.findings import Finding, Findings, read_or_find

__all__ = ["check_system"]

# What the pipeline itself hands to a flow, beside the fields of the form.
_OWN_VALUES = frozenset({"case_id", "receipt_no"})


def check_system(folder: Path) -> tuple[Finding, ...]:
    """Everything that is wrong with ``system.yaml``.

    Args:
        folder: Holds ``system.yaml``.
    """
    system, found = read_or_find(read_system, folder / "system.yaml")
    if system is None:
        return found
    findings = Findings(YamlFile(folder / "system.yaml", "system"))
    if system.id != folder.resolve().name:
        findings.error(
            ("id",),
            f"id が {system.id} で、フォルダー名 {folder.resolve().name} と違います。",
            "id とフォルダー名を同じにしてください。",
        )
    for form_id, flow in system.flows.items():
        if not places.candidates("forms", form_id):
            findings.error(
                ("flows", form_id),
                f"様式 {form_id} は定義されていません。",
                "`munibots list` で名前を確かめるか、MUNIBOTS_PROFILE_PATH にフォルダーを足してください。",
            )
            continue
        _check_fields(system, form_id, flow, findings)
    return findings.all


def _check_fields(system: System, form_id: str, flow: Flow, findings: Findings) -> None:
    known = {f.name for f in load_form(form_id).fields}
    written = set()
    for step in flow.steps:
        for i, field in enumerate(system.screens[step.screen].fields):
            written.add(field.value)
            if field.value not in known | _OWN_VALUES:
                findings.error(
                    ("screens", step.screen, "fields", i),
                    f"画面 {step.screen} に入れる項目 {field.value} は様式 {form_id} にありません。",
                    "form.yaml の項目の名前に合わせてください。",
                )
        for name in step.when:
            if name not in known:
                findings.error(
                    ("flows", form_id, "steps"),
                    f"画面 {step.screen} の条件の項目 {name} は様式 {form_id} にありません。",
                    "when の名前を直してください。",
                )
    required = [f.name for f in load_form(form_id).fields if f.required]
    missing = [name for name in required if name not in written]
    if missing:
        findings.notice(
            ("flows", form_id),
            f"様式 {form_id} の必須項目 {'、'.join(missing)} は、どの画面にも入力されません。",
            "入力しなくてよい項目かどうかを確かめてください。",
        )
