"""What kind of definition a folder holds, and the check that goes with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from munibots.errors import UsageError
from munibots.testing.bot_checks import check_bot, check_classifier
from munibots.testing.findings import Finding
from munibots.testing.form_checks import check_form
from munibots.testing.profile_checks import check_profile
from munibots.testing.system_checks import check_system

__all__ = ["KIND_FILES", "check_folder"]

KIND_FILES: dict[str, Callable[[Path], tuple[Finding, ...]]] = {
    "form.yaml": check_form,
    "system.yaml": check_system,
    "profile.yaml": check_profile,
    "bot.yaml": check_bot,
    "classifier.yaml": check_classifier,
}
"""The file that tells what a folder is, and its check."""


def check_folder(path: Path) -> dict[Path, tuple[Finding, ...]]:
    """Check a definition, or every definition below a folder (a city's own repository).

    Args:
        path: A folder, or a file in the folder that is meant.

    Returns:
        Findings by folder; a sound one has none.

    Raises:
        UsageError: There is no definition.
    """
    folder = path if path.is_dir() else path.parent
    own = next((check for name, check in KIND_FILES.items() if (folder / name).is_file()), None)
    found = {} if own is None else {folder: own}
    if not found:
        found = {file.parent: check for name, check in KIND_FILES.items() for file in sorted(folder.rglob(name))}
    if not found:
        names = "、".join(KIND_FILES)
        raise UsageError(problem=f"{path} に定義({names})がありません")
    return {where: check(where) for where, check in found.items()}
