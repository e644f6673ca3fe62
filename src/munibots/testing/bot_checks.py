"""Is a bot's folder whole, and is a trained artifact the one that its card describes?"""

from __future__ import annotations

import hashlib
from pathlib import Path

from munibots.definitions import places
from munibots.definitions.bot_files import read_bot
from munibots.definitions.system_files import load_system
from munibots.definitions.yaml_file import YamlFile
from munibots.errors import MunibotsError
from munibots.testing.findings import Finding, Findings, read_or_find

__all__ = ["check_bot", "check_classifier"]

_TASKS = ("*** Tasks ***", "*** タスク ***")


def check_bot(folder: Path) -> tuple[Finding, ...]:
    """Everything that is wrong with a bot.

    Args:
        folder: Holds ``bot.yaml``, ``tasks.robot`` and ``README.md``.
    """
    bot, found = read_or_find(read_bot, folder / "bot.yaml")
    if bot is None:
        return found
    findings = Findings(YamlFile(folder / "bot.yaml", "bot"))
    for kind, names in (("forms", bot.forms), ("systems", bot.systems)):
        for i, name in enumerate(names):
            if not places.candidates(kind, name):
                findings.error(
                    (kind, i),
                    f"{places.KINDS_JA[kind]} {name} は定義されていません。",
                    "`munibots list` で名前を確かめるか、MUNIBOTS_PROFILE_PATH にフォルダーを足してください。",
                )
    for i, name in enumerate(bot.systems):
        try:
            flows = set(load_system(name).flows) if places.candidates("systems", name) else set(bot.forms)
        except MunibotsError:
            continue
        for form_id in bot.forms:
            if form_id not in flows:
                findings.error(
                    ("systems", i),
                    f"基幹システム {name} に、様式 {form_id} を入力する流れ(flows)がありません。",
                    f"systems/{name}/system.yaml の flows に {form_id} を足してください。",
                )
    if not (folder / "README.md").is_file():
        findings.notice((), "README.md がありません。", "何のためのボットか、どこまで自動かを書いてください。")
    story = (folder / "tasks.robot").read_text(encoding="utf-8", errors="replace")
    if not any(heading in story for heading in _TASKS):
        findings.error((), "tasks.robot に *** Tasks ***(タスク)がありません。", "手順をタスクとして書いてください。")
    foreign = [path.name for path in folder.rglob("*.py")]
    if foreign:
        findings.error(
            (),
            f"ボットに Python({'、'.join(foreign)})があります。",
            "手順はキーワードで書き、足りないキーワードは本体に足してください。",
        )
    return findings.all


def check_classifier(folder: Path) -> tuple[Finding, ...]:
    """Whether the artifact is there and is the one that was measured.

    Args:
        folder: Holds ``classifier.yaml``.
    """
    file, found = read_or_find(lambda path: YamlFile(path, "classifier"), folder / "classifier.yaml")
    if file is None:
        return found
    findings = Findings(file)
    artifact = folder / file.data["artifact"]
    if not artifact.is_file():
        findings.error(("artifact",), f"{file.data['artifact']} がありません。", "build.py で作り直してください。")
    elif hashlib.sha256(artifact.read_bytes()).hexdigest() != file.data["sha256"]:
        findings.error(
            ("sha256",),
            "学習済みファイルの SHA-256 が違います。",
            "build.py で作り直し、測り直した値と一緒に置いてください。",
        )
    return findings.all
