"""Is a city's profile sound: its sections, its register, its core systems and its own papers?"""

from __future__ import annotations

from pathlib import Path

from munibots.classifying.triage_savings import read_assumptions
from munibots.definitions import places
from munibots.definitions.form_files import load_form, read_layout
from munibots.definitions.yaml_file import YamlFile
from munibots.domain.form import FieldType
from munibots.errors import MunibotsError
from munibots.japanese.numbers import is_municipality_code
from munibots.reference.register import ResidentRegister
from munibots.testing.findings import Finding, Findings, read_or_find
from munibots.testing.layout_checks import check_layout
from munibots.testing.paper_checks import check_papers

__all__ = ["check_profile"]


def check_profile(folder: Path) -> tuple[Finding, ...]:
    """Everything that is wrong with a profile and the layouts of its own papers.

    Args:
        folder: Holds ``profile.yaml`` and perhaps ``layouts/<form>/`` and ``triage.yaml``.
    """
    file, found = read_or_find(lambda path: YamlFile(path, "profile"), folder / "profile.yaml")
    if file is None:
        return found
    findings = Findings(file)
    data = file.data
    if data["code"] != folder.resolve().name:
        findings.error(
            ("code",),
            f"code が {data['code']} で、フォルダー名 {folder.resolve().name} と違います。",
            "code とフォルダー名を同じにしてください。",
        )
    if data["code"].isdigit() and not is_municipality_code(data["code"]):
        findings.error(
            ("code",),
            f"code {data['code']} は全国地方公共団体コードではありません(検査数字を含む 6 桁)。",
            "総務省の「全国地方公共団体コード」で 6 桁のコードを確かめてください。",
        )
    types = {kind.value for kind in FieldType}
    for kind in data.get("accept_at", {}):
        if kind not in types:
            findings.error(
                ("accept_at", kind),
                f"項目の種類 {kind} はありません。",
                f"使えるのは {'、'.join(sorted(types))} です。",
            )
    for system in data.get("systems", {}):
        if not places.candidates("systems", system):
            findings.error(
                ("systems", system),
                f"基幹システム {system} は定義されていません。",
                "`munibots list` で名前を確かめるか、systems/ に定義を足してください。",
            )
    known_sections = {load_form(name).section_ja for name in places.names("forms")}
    for section in data.get("sections", {}):
        if section not in known_sections:
            findings.notice(
                ("sections", section),
                f"担当課 {section} の様式はありません。",
                f"様式の担当課の名前に合わせてください({'、'.join(sorted(known_sections))})。",
            )
    _check_register(folder, data.get("register"), findings)
    return (*findings.all, *_own_layouts(folder), *_triage(folder))


def _triage(folder: Path) -> tuple[Finding, ...]:
    """What is wrong with the city's own assumptions on savings, if it has any."""
    path = folder / "triage.yaml"
    return read_or_find(lambda file: read_assumptions(file, folder.name), path)[1] if path.is_file() else ()


def _check_register(folder: Path, register: str | None, findings: Findings) -> None:
    if register is None:
        return
    path = folder / register
    if not path.is_file():
        findings.error(
            ("register",), f"住民台帳 {register} がありません。", "profile.yaml からの相対パスを確かめてください。"
        )
        return
    try:
        ResidentRegister.load(path)
    except MunibotsError as e:
        findings.error(("register",), e.reason_ja, e.next_step_ja)


def _own_layouts(folder: Path) -> list[Finding]:
    found: list[Finding] = []
    for path in sorted((folder / "layouts").glob("*/layout.yaml")):
        layout, unreadable = read_or_find(read_layout, path)
        found.extend(unreadable)
        if layout is None:
            continue
        if not places.candidates("forms", layout.form_id):
            file = Findings(YamlFile(path, "layout"))
            file.error(
                ("form",), f"様式 {layout.form_id} は定義されていません。", "`munibots list` で名前を確かめてください。"
            )
            found.extend(file.all)
            continue
        found.extend(check_layout(load_form(layout.form_id), layout, path))
        found.extend(check_papers(layout, path))
    return found
