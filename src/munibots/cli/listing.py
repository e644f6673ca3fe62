"""``munibots list``: what there is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from munibots.cli.output import echo_json, echo_table
from munibots.cli.texts import say


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="JSON で出力")
def command(as_json: bool) -> None:
    """使えるボット、様式、基幹システム、団体、分類器の一覧です。"""
    from munibots.definitions import places
    from munibots.definitions.bot_files import load_bot
    from munibots.definitions.classifier_files import load_classifier
    from munibots.definitions.form_files import load_form
    from munibots.definitions.profile_files import load_profile
    from munibots.definitions.system_files import load_system

    described: dict[str, Callable[[str], dict[str, Any]]] = {
        "bots": lambda name: {"name_ja": load_bot(name).name_ja, "section": load_bot(name).section_ja},
        "forms": lambda name: {"name_ja": load_form(name).name_ja, "section": load_form(name).section_ja},
        "systems": lambda name: {"name_ja": load_system(name).name_ja},
        "profiles": lambda name: {"name_ja": load_profile(name).name_ja},
        "classifiers": lambda name: {"name_ja": load_classifier(name).name_ja},
    }
    found = {kind: [{"id": name, **about(name)} for name in places.names(kind)] for kind, about in described.items()}
    if as_json:
        echo_json(found)
        return
    for kind, entries in found.items():
        rows = [[str(cell) for cell in entry.values()] for entry in entries]
        with_section = any("section" in entry for entry in entries)
        echo_table(f"\n{say(f'kind-{kind}')}", ["id", say("name"), *([say("section")] if with_section else [])], rows)
