"""Which key opens which store: made with the store, and tried on a known text at every opening."""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path

import sqlalchemy as sa

from munibots.errors import KeyExposedError
from munibots.stores import schema
from munibots.stores.database import Database
from munibots.stores.sealing import Sealer, create_key_file, key_file_for, others_may_read

__all__ = ["open_sealer"]

_PLACE = "mb_seal.check"
_ROW = "1"

_LOG = logging.getLogger(__name__)


@cache  # a run opens its store several times
def _warn(path: Path) -> None:
    _LOG.warning("%s", KeyExposedError(key=path))


def open_sealer(database: Database, key_file: Path | None) -> Sealer:
    """The sealer of this store; a new store gets a new key, unless there is one at the place.

    Raises:
        StoreKeyError: The store has data under a key that is not there, or under another one.
    """
    path = key_file if key_file is not None else key_file_for(database.file)
    check = sa.select(schema.seal.c.check_sealed)
    with database.reading() as con:
        sealed = con.execute(check).scalar()
    if sealed is None:
        create_key_file(path)
        first = Sealer.from_file(path).seal(b"munibots", place=_PLACE, row=_ROW)
        try:
            with database.writing() as con:
                con.execute(sa.insert(schema.seal).values(id=1, check_sealed=first))
        except sa.exc.IntegrityError:
            pass  # another process was first: its key, which may be another file's, decides
        with database.reading() as con:
            sealed = con.execute(check).scalar_one()
    if others_may_read(path):
        _warn(path)
    sealer = Sealer.from_file(path)
    sealer.unseal(sealed, place=_PLACE, row=_ROW)
    return sealer
