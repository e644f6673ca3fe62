"""What a file says of itself before a pixel is decoded."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from munibots.intake.headers import FileKind, HeaderError, file_kind, jpeg_size, pdf_is_whole, png_size, tiff_frames


def _saved(form: str, size: tuple[int, int] = (37, 53), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("L", size, 200).save(out, form, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"\xff\xd8\xff\xe0", FileKind.JPEG),
        (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
        (b"II*\x00", FileKind.TIFF),
        (b"MM\x00*", FileKind.TIFF),
        (b"II+\x00", FileKind.TIFF),
        (b"\x00\x00junk%PDF-1.7", FileKind.PDF),
        (b"PK\x03\x04", None),
        (b"", None),
    ],
)
def test_the_kind_is_told_by_content(start: bytes, kind: FileKind | None) -> None:
    assert file_kind(start) is kind


def test_sizes_come_from_the_header() -> None:
    assert png_size(_saved("PNG")) == (37, 53)
    assert jpeg_size(io.BytesIO(_saved("JPEG"))) == (37, 53)
    assert jpeg_size(io.BytesIO(_saved("JPEG", progressive=True))) == (37, 53)


def test_all_frames_of_a_tiff_are_found() -> None:
    out = io.BytesIO()
    pages = [Image.new("L", (20 + i, 30)) for i in range(3)]
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    frames, whole = tiff_frames(out, limit=10)
    assert [(f.width_px, f.height_px, f.whole) for f in frames] == [(20, 30, True), (21, 30, True), (22, 30, True)]
    assert whole


def test_a_truncated_tiff_is_not_whole() -> None:
    out = io.BytesIO()
    pages = [Image.new("L", (200, 300), i) for i in range(3)]
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    frames, whole = tiff_frames(io.BytesIO(out.getvalue()[:-70000]), limit=10)
    assert not whole or not all(f.whole for f in frames)


def test_a_chain_that_bites_its_tail_ends() -> None:
    data = bytearray(_saved("TIFF"))
    first = int.from_bytes(data[4:8], "little")
    count = int.from_bytes(data[first : first + 2], "little")
    data[first + 2 + 12 * count : first + 6 + 12 * count] = first.to_bytes(4, "little")
    frames, _ = tiff_frames(io.BytesIO(bytes(data)), limit=100)
    assert len(frames) == 1


@given(st.binary(max_size=300))
def test_garbage_is_refused_and_never_hangs(tail: bytes) -> None:
    for start, read in (
        (b"\xff\xd8", lambda f: jpeg_size(f)),
        (b"II*\x00", lambda f: tiff_frames(f, limit=5)),
        (b"MM\x00+", lambda f: tiff_frames(f, limit=5)),
    ):
        try:
            read(io.BytesIO(start + tail))
        except HeaderError:
            continue


def test_a_pdf_must_reach_its_end() -> None:
    assert pdf_is_whole(io.BytesIO(b"%PDF-1.4\n...startxref\n9\n%%EOF\n\x00\x00"))
    assert not pdf_is_whole(io.BytesIO(b"%PDF-1.4\n%%EOF\n" + b"x" * 5000))
