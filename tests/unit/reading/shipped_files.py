"""Classifiers as they are shipped, made up for a test."""

from __future__ import annotations

import hashlib
from pathlib import Path


def ship(folder: Path, classifier_id: str, file_name: str, artifact: bytes, *, stated: bytes | None = None) -> Path:
    """A classifier's folder; ``stated`` is what its SHA-256 speaks of, if that is something else than the artifact."""
    own = folder / classifier_id
    (own / "artifact").mkdir(parents=True)
    (own / "artifact" / file_name).write_bytes(artifact)
    digest = hashlib.sha256(artifact if stated is None else stated).hexdigest()
    (own / "classifier.yaml").write_text(
        f"id: {classifier_id}\nname_ja: 試験\nartifact: artifact/{file_name}\nsha256: {digest}\n"
        f"recipe: none\ndata_hash: {'ab' * 32}\n",
        encoding="utf-8",
    )
    return own
