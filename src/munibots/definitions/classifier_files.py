"""``classifiers/<id>/classifier.yaml`` to :class:`~munibots.domain.classifier.Classifier`."""

from __future__ import annotations

from munibots.definitions import places
from munibots.definitions.yaml_file import YamlFile
from munibots.domain.classifier import Classifier

__all__ = ["load_classifier"]


def load_classifier(classifier_id: str) -> Classifier:
    """The classifier of this id, from the folder that won.

    Raises:
        DefinitionNotFoundError: No such classifier.
        DefinitionError: The file is wrong; names file and line.
    """
    folder = places.find("classifiers", classifier_id)
    data = YamlFile(folder / "classifier.yaml", "classifier").data
    return Classifier(
        id=data["id"],
        name_ja=data["name_ja"],
        artifact=folder / data["artifact"],
        sha256=data["sha256"],
        recipe=data["recipe"],
        data_hash=data["data_hash"],
    )
