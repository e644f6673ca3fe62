"""Bad input: files that a scanner, a mail gateway or a tired person puts into the inbox."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

from munibots.demo.city.cases import make_cases
from munibots.demo.city.scans import sheet_paper
from munibots.demo.paper.blank import draw_blank
from munibots.demo.paper.scanning import ScanStyle, scan_page, write_scan
from munibots.demo.paper.sheet import Frame, SheetPage, Words
from munibots.domain.layout import BoxMm, PageSizeMm

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

__all__ = [
    "write_empty_file",
    "write_huge_picture",
    "write_locked_pdf",
    "write_long_pdf",
    "write_other_form",
    "write_photo",
    "write_same_sheet_twice",
    "write_truncated_pdf",
    "write_upside_down",
]

_STYLE = ScanStyle(level="mild", dpi=200, colour=False, jpeg_quality=75)
_OTHER_FORM_ROWS = (
    "申請年月日",
    "団体名",
    "代表者氏名",
    "所在地",
    "使用施設",
    "使用目的",
    "使用日時",
    "使用人数",
    "使用備品",
    "使用料",
)


def write_empty_file(path: Path) -> None:
    """A file of no bytes, as a broken transfer leaves it."""
    path.write_bytes(b"")


def write_truncated_pdf(path: Path, *, seed: int = 1) -> None:
    """The first third of the bytes of a scanned PDF."""
    write_scan([_scanned(seed)], path, _STYLE)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 3])


def write_locked_pdf(path: Path, *, password: str = "himitsu") -> None:
    """A PDF of one page that asks for a password."""
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.encrypt(password, algorithm="AES-256")
    with path.open("wb") as file:
        writer.write(file)


def write_long_pdf(path: Path, *, pages: int = 300) -> None:
    """A PDF of very many small, empty pages."""
    from pypdf import PdfWriter

    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=72, height=72)
    with path.open("wb") as file:
        writer.write(file)


def write_huge_picture(path: Path, *, side_px: int = 20_000) -> None:
    """A black and white PNG of a few kilobytes that unpacks to ``side_px`` squared."""
    from PIL import Image

    Image.new("1", (side_px, side_px), 1).save(path, "PNG")


def write_photo(path: Path, *, seed: int = 1) -> None:
    """A colour JPEG that looks like a landscape: sky, hills, noise of grass. No paper anywhere."""
    import cv2
    import numpy as np
    from PIL import Image

    chance = np.random.default_rng(seed)
    height, width = 1200, 1600

    def cloud(rows: int) -> NDArray[uint8]:
        coarse = chance.uniform(0, 255, (rows, rows * 4 // 3)).astype(np.float32)
        return np.asarray(np.clip(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), 0, 255), np.uint8)

    texture = sum(cloud(4 * 2**n).astype(np.float32) / 2 ** (n + 1) for n in range(7))
    down = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    picture = np.stack(
        [90 + 60 * down + texture * 0.3, 130 + texture * 0.3 + 0 * down, 220 - 60 * down + texture * 0.1], -1
    )
    for n, base in enumerate((0.45, 0.58, 0.72)):
        ridge = height * base + 60 * np.sin(np.linspace(0, 5 + 3 * n, width) + n * 2) + cloud(16)[0] / 4
        below = np.arange(height)[:, None] > ridge[None, :]
        green = np.array([60 - 12 * n, 110 - 18 * n, 50 - 8 * n], np.float32)
        picture[below] = green * (0.4 + np.asarray(texture)[below][:, None] / 130)
    Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8)).save(path, "JPEG", quality=85)


def write_other_form(path: Path, *, seed: int = 1) -> None:
    """A scan of a form of another kind: 公民館使用許可申請書, a plain table of ten rows."""
    import numpy as np

    rng = random.Random(seed)
    pieces: list[Words | Frame] = [Words("公民館使用許可申請書", BoxMm(40, 20, 130, 12), 8.0, "spread", bold=True)]
    for i, label in enumerate(_OTHER_FORM_ROWS):
        pieces.append(Words(label, BoxMm(25, 50 + 18 * i, 42, 18), 4.0, "spread", shade=True))
        pieces.append(Frame(BoxMm(67, 50 + 18 * i, 118, 18), 0.3))
    pieces.append(Words("上記のとおり使用したいので申請します。", BoxMm(25, 238, 150, 8), 4.0, "left"))
    page = SheetPage(PageSizeMm(210, 297), tuple(pieces))
    paper = np.asarray(draw_blank(page, _STYLE.dpi).convert("RGB"))
    write_scan([scan_page(paper, _STYLE, rng)], path, _STYLE)


def write_upside_down(path: Path, *, seed: int = 1) -> None:
    """A filled form that was laid on the glass the wrong way round."""
    write_scan([_scanned(seed)[::-1, ::-1].copy()], path, _STYLE)


def write_same_sheet_twice(first: Path, second: Path, *, seed: int = 1) -> None:
    """Two scans of one and the same sheet: other bytes, other skew, the same writing."""
    write_scan([_scanned(seed, again=0)], first, _STYLE)
    write_scan([_scanned(seed, again=1)], second, _STYLE)


def _scanned(seed: int, again: int = 0) -> NDArray[uint8]:
    cases, _ = make_cases(1, random.Random(seed))
    return scan_page(sheet_paper(cases[0], _STYLE.dpi, seed), _STYLE, random.Random(f"{seed}/{again}"))
