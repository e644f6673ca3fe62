"""Trained files on disk: found, checked by SHA-256, and only then read. None of them can run code."""

from __future__ import annotations

import hashlib
from pathlib import Path

from munibots.definitions.classifier_files import load_classifier_folder
from munibots.errors import ArtifactMismatchError, MunibotsError

__all__ = ["checked_files"]


def checked_files(folder: Path) -> dict[str, bytes]:
    """The files of a classifier.

    Args:
        folder: Where its ``classifier.yaml`` is.

    Returns:
        Contents by file name.

    Raises:
        ArtifactMismatchError: A file is missing, or its SHA-256 is not the one that ``classifier.yaml`` states.
    """
    try:
        classifier = load_classifier_folder(folder)
    except MunibotsError as e:
        raise ArtifactMismatchError(artifact=folder.name) from e
    found = {}
    for file, sha256 in ((classifier.artifact, classifier.sha256), *classifier.files.items()):
        if not file.is_file():
            raise ArtifactMismatchError(artifact=folder.name)
        data = file.read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise ArtifactMismatchError(artifact=folder.name)
        found[file.name] = data
    return found
