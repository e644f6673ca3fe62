from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munibots.errors import StoreKeyError
from munibots.stores.sealing import Sealer, create_key_file, key_file_for

_KEY, _OTHER = b"k" * 32, b"o" * 32


@given(st.binary(max_size=200))
def test_sealed_value_opens_at_its_place(plain: bytes) -> None:
    sealer = Sealer(_KEY, name="key")
    assert sealer.unseal(sealer.seal(plain, place="t.c", row="1"), place="t.c", row="1") == plain


@given(st.data())
def test_a_flipped_bit_is_refused(data: st.DataObject) -> None:
    sealer = Sealer(_KEY, name="key")
    sealed = bytearray(sealer.seal("霧島".encode(), place="t.c", row="1"))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(StoreKeyError):
        sealer.unseal(bytes(sealed), place="t.c", row="1")


@pytest.mark.parametrize(("place", "row"), [("t.c", "2"), ("t.d", "1"), ("u.c", "1")])
def test_another_row_or_column_is_refused(place: str, row: str) -> None:
    sealer = Sealer(_KEY, name="key")
    sealed = sealer.seal(b"x", place="t.c", row="1")
    with pytest.raises(StoreKeyError):
        sealer.unseal(sealed, place=place, row=row)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" * 13, b"\x02" * 40])
def test_what_is_no_sealed_value_is_refused(sealed: bytes) -> None:
    with pytest.raises(StoreKeyError):
        Sealer(_KEY, name="key").unseal(sealed, place="t.c", row="1")


def test_another_key_is_refused() -> None:
    sealed = Sealer(_KEY, name="key").seal(b"x", place="t.c", row="1")
    with pytest.raises(StoreKeyError):
        Sealer(_OTHER, name="other").unseal(sealed, place="t.c", row="1")


def test_sealing_twice_looks_different() -> None:
    sealer = Sealer(_KEY, name="key")
    assert sealer.seal(b"x", place="t.c", row="1") != sealer.seal(b"x", place="t.c", row="1")


def test_fingerprints_depend_on_key_parts_and_their_borders() -> None:
    sealer = Sealer(_KEY, name="key")
    assert sealer.fingerprint(["ab", "c"]) == sealer.fingerprint(("ab", "c"))
    assert sealer.fingerprint(["ab", "c"]) != sealer.fingerprint(["a", "bc"])
    assert sealer.fingerprint(["ab", "c"]) != sealer.fingerprint(["c", "ab"])
    assert sealer.fingerprint(["ab"]) != Sealer(_OTHER, name="other").fingerprint(["ab"])


def test_key_file_is_made_once_and_for_the_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "k.key"
    create_key_file(path)
    first = path.read_bytes()
    create_key_file(path)
    assert path.read_bytes() == first
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["k.key"]
    sealer = Sealer.from_file(path)
    assert Sealer.from_file(path).fingerprint(["a"]) == sealer.fingerprint(["a"])


@pytest.mark.parametrize("content", [b"", b"not a key", b"AAAA\n", "鍵".encode()])
def test_file_that_holds_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "k.key"
    path.write_bytes(content)
    with pytest.raises(StoreKeyError, match=r"k\.key"):
        Sealer.from_file(path)


def test_missing_file_and_missing_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreKeyError):
        Sealer.from_file(tmp_path / "none.key")
    with pytest.raises(StoreKeyError):
        create_key_file(tmp_path / "none" / "k.key")


def test_where_the_key_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MUNIBOTS_KEY_FILE", raising=False)
    assert key_file_for(tmp_path / "cases.db") == tmp_path / "cases.db.key"
    with pytest.raises(StoreKeyError, match="MUNIBOTS_KEY_FILE"):
        key_file_for(None)
    monkeypatch.setenv("MUNIBOTS_KEY_FILE", str(tmp_path / "elsewhere"))
    assert key_file_for(None) == key_file_for(tmp_path / "cases.db") == tmp_path / "elsewhere"


def test_a_draw_is_a_number_of_its_own_on_0_to_1() -> None:
    sealer, other = Sealer(b"k" * 32, name="k"), Sealer(b"o" * 32, name="o")
    assert sealer.draw(["C-1", "date"]) == sealer.draw(["C-1", "date"])
    assert len({sealer.draw(["C-1", "date"]), sealer.draw(["C-1d", "ate"]), other.draw(["C-1", "date"])}) == 3
    assert all(0 <= sealer.draw([str(n)]) < 1 for n in range(500))
