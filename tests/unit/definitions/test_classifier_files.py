"""Trained artifacts and their cards."""

from __future__ import annotations

import hashlib

import pytest

from munibots.definitions import places
from munibots.definitions.classifier_files import load_classifier


@pytest.mark.parametrize("classifier_id", places.names("classifiers"))
def test_the_artifact_is_the_one_that_the_card_names(classifier_id: str) -> None:
    classifier = load_classifier(classifier_id)
    assert classifier.id == classifier_id
    assert hashlib.sha256(classifier.artifact.read_bytes()).hexdigest() == classifier.sha256
