"""``classifiers/<id>/classifier.yaml`` to :class:`~munibots.domain.classifier.Classifier`."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

from munibots.definitions import places
from munibots.definitions.yaml_file import YamlFile
from munibots.domain.classifier import Classifier

__all__ = ["load_classifier", "load_classifier_folder"]


def load_classifier(classifier_id: str) -> Classifier:
    """The classifier of this id, from the folder that won.

    Raises:
        DefinitionNotFoundError: No such classifier.
        DefinitionError: The file is wrong; names file and line.
    """
    return load_classifier_folder(places.find("classifiers", classifier_id))


def load_classifier_folder(folder: Path) -> Classifier:
    """The classifier in this folder.

    Raises:
        DefinitionError: The file is missing or wrong; names file and line.
    """
    data = YamlFile(folder / "classifier.yaml", "classifier").data
    return Classifier(
        id=data["id"],
        name_ja=data["name_ja"],
        artifact=folder / data["artifact"],
        sha256=data["sha256"],
        recipe=data["recipe"],
        data_hash=data["data_hash"],
        files=MappingProxyType({folder / name: sha256 for name, sha256 in data.get("files", {}).items()}),
    )
