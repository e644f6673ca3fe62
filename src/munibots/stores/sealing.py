"""Personal data at rest: AES-256-GCM under a key file of its own (NIST SP 800-38D).

Each sealed value is ``version (1 byte) | nonce (12 bytes, random) | ciphertext and tag``; the associated data names table,
column and row, so that a value moved to another row does not open. From the file's key one key each for sealing, for
fingerprints and for drawing samples is derived (HKDF-SHA-256, RFC 5869). With random nonces one key is good for 2^32 values.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from munibots.errors import SealBrokenError, StoreKeyError

__all__ = ["KEY_FILE_VARIABLE", "Sealer", "create_key_file", "key_file_for", "others_may_read"]

KEY_FILE_VARIABLE = "MUNIBOTS_KEY_FILE"

_KEY_BYTES = 32
_NONCE_BYTES = 12
_VERSION = b"\x01"


def key_file_for(database_file: Path | None) -> Path:
    """Where the key of a store is: as the environment says, else next to the SQLite file.

    Raises:
        StoreKeyError: The database is no file and the environment names no key.
    """
    named = os.environ.get(KEY_FILE_VARIABLE)
    if named:
        return Path(named)
    if database_file is None:
        raise StoreKeyError(key=KEY_FILE_VARIABLE)
    return database_file.with_name(database_file.name + ".key")


def create_key_file(path: Path) -> None:
    """Make a new key at ``path``, readable by its owner only; an existing file is left as it is.

    The key is whole and on disk before it has its name, so that neither a crash nor a second process meets half a key.

    Raises:
        StoreKeyError: The folder is missing or cannot be written.
    """
    if path.exists():
        return
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        fd = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(fd, "wb") as file:
                file.write(base64.urlsafe_b64encode(secrets.token_bytes(_KEY_BYTES)) + b"\n")
                file.flush()
                os.fsync(file.fileno())
            os.link(draft, path)  # unlike renaming, never replaces a key that another process has just made
        finally:
            draft.unlink(missing_ok=True)
        _sync_folder(path.parent)
    except FileExistsError:
        return
    except OSError as error:
        raise StoreKeyError(key=path) from error


def others_may_read(path: Path) -> bool:
    """Whether anybody but the owner may read the key; on Windows the folder's own rights say so, which are not looked at."""
    if os.name == "nt":
        return False
    try:
        return bool(path.stat().st_mode & 0o077)
    except OSError:
        return False


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows has no way to open a folder for this
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


class Sealer:
    """Seals and opens values with one key."""

    def __init__(self, key: bytes, *, name: str) -> None:
        """
        Args:
            key: 32 bytes.
            name: What to call the key in messages.
        """
        self._name = name
        self._aes = AESGCM(_derived(key, b"munibots seal"))
        self._fingerprint_key = _derived(key, b"munibots fingerprint")
        self._draw_key = _derived(key, b"munibots audit sample")

    @classmethod
    def from_file(cls, path: Path) -> Sealer:
        """Load the key at ``path``.

        Raises:
            StoreKeyError: No such file, or it holds no key.
        """
        try:
            key = base64.b64decode(path.read_bytes().strip(), altchars=b"-_", validate=True)
        except (OSError, binascii.Error) as error:
            raise StoreKeyError(key=path) from error
        if len(key) != _KEY_BYTES:
            raise StoreKeyError(key=path)
        return cls(key, name=str(path))

    def seal(self, plain: bytes, *, place: str, row: str) -> bytes:
        """Seal ``plain`` for ``place`` (``table.column``) of ``row``."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return _VERSION + nonce + self._aes.encrypt(nonce, plain, _bound_to(place, row))

    def unseal(self, sealed: bytes, *, place: str, row: str) -> bytes:
        """Open what was sealed for the same place and row.

        Raises:
            SealBrokenError: Another key, another place, or altered bytes.
        """
        nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        try:
            if sealed[:1] != _VERSION or len(nonce) != _NONCE_BYTES:
                raise InvalidTag
            return self._aes.decrypt(nonce, body, _bound_to(place, row))
        except InvalidTag as error:
            raise SealBrokenError(key=self._name, place=place) from error

    def fingerprint(self, parts: Sequence[str]) -> str:
        """HMAC-SHA-256 over ``parts``, 64 hexadecimal digits; equal parts in equal order give equal fingerprints."""
        return _mac(self._fingerprint_key, parts).hex()

    def draw(self, parts: Sequence[str]) -> float:
        """A number on 0–1 that only this key gives for ``parts``: even over many parts, always the same for equal ones."""
        return int.from_bytes(_mac(self._draw_key, parts)[:8], "big") / 2**64


def _mac(key: bytes, parts: Sequence[str]) -> bytes:
    mac = hmac.new(key, digestmod=hashlib.sha256)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        mac.update(len(data).to_bytes(8, "big") + data)
    return mac.digest()


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=purpose).derive(key)


def _bound_to(place: str, row: str) -> bytes:
    return f"{place}\x1f{row}".encode()
