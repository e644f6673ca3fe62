"""Pages that are of no known form: letters, invoices, other offices' forms, copies of cards, photographs, blank backs."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from munibots.demo.city.foreign_forms import draw_foreign_form
from munibots.demo.city.people import People
from munibots.demo.paper.blank import draw_blank
from munibots.demo.paper.filling import fill_sheet
from munibots.demo.paper.hand import Hand
from munibots.demo.paper.scanning import Level, ScanStyle, scan_page, squeeze
from munibots.demo.paper.sheet import FieldPiece, Frame, Piece, Sheet, SheetPage, Words
from munibots.domain.document import Page
from munibots.domain.layout import BoxMm, PageSizeMm, Region, RegionStyle

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

__all__ = ["FOREIGN_KINDS", "draw_foreign", "make_foreign_pages"]

_A4 = PageSizeMm(210, 297)
_PHRASES = (
    "日ごろより市の仕事にご協力いただきありがとうございます。", "このたびの手続きについて、次のとおりお知らせします。", "ご不明な点は担当までお問い合わせください。",
    "書類は期限までに届くようにお送りください。", "先日お電話でお話しした件です。", "引っ越しにともない、住所が変わりました。", "必要な書類を同封いたします。",
    "お忙しいところ恐れ入りますが、よろしくお願いいたします。", "説明会は公民館の二階で開きます。", "当日は本人確認のできるものをお持ちください。", "天気が悪いときは中止します。",
    "申込みが多いときは抽選とします。", "結果は来月の中ごろに郵便でお送りします。", "駐車場は台数に限りがあります。", "返信用の封筒を入れておきました。",
)  # fmt: skip
_GOODS = (
    "事務用紙",
    "封筒",
    "印刷代",
    "送料",
    "会場使用料",
    "清掃作業",
    "点検作業",
    "机",
    "椅子",
    "複写機保守",
    "弁当",
    "花苗",
    "工事一式",
    "部品",
    "講師謝礼",
)
_CARDS = ("運転免許証", "個人番号カード", "資格確認書", "在留カード", "身体障害者手帳", "学生証", "診察券", "社員証")


def draw_foreign(seed: int, no: int, dpi: int) -> tuple[str, NDArray[uint8]]:
    """One page of paper that is of no known form.

    Args:
        seed: Of the series.
        no: Which page of the series; the kinds come in turn.
        dpi: Resolution.

    Returns:
        Its kind, a key of :data:`FOREIGN_KINDS`, and the page, RGB, shape (height, width, 3).

    Raises:
        FontNotFoundError: No Japanese font is installed.
    """
    kind = _TURN[no % len(_TURN)]
    return kind, FOREIGN_KINDS[kind](dpi, random.Random(f"{seed}/foreign/{no}"))


def make_foreign_pages(
    count: int, seed: int, *, levels: Sequence[Level] = ("mild", "hard")
) -> Iterator[tuple[Page, str]]:
    """Scanned foreign pages in memory, for measuring that none of them is taken for a form.

    Args:
        count: How many.
        seed: The same seed makes the same pages, on a machine with the same fonts.
        levels: Scans, taken in turn.

    Yields:
        The page in grey at 200 dpi, after JPEG, and its kind.

    Raises:
        FontNotFoundError: No Japanese font is installed.
    """
    for no in range(count):
        rng = random.Random(f"{seed}/foreign/scan/{no}")
        style = replace(ScanStyle.of(rng, levels[no % len(levels)]), colour=False, dpi=200)
        kind, paper = draw_foreign(seed, no, style.dpi)
        pixels = squeeze(scan_page(paper, style, rng), style.jpeg_quality)
        yield Page(f"foreign-{no + 1:04d}.png", 0, float(style.dpi), pixels), kind


def _print(pieces: Sequence[Piece], dpi: int, size: PageSizeMm = _A4) -> NDArray[uint8]:
    import numpy as np

    return np.asarray(draw_blank(SheetPage(size, tuple(pieces)), dpi).convert("RGB"))


def _letter(dpi: int, rng: random.Random) -> NDArray[uint8]:
    """A letter, printed or by hand."""
    people = People(rng)
    sender = people.person(people.family_name(), rng.choice("男女"), rng.randint(25, 80))
    left, size, y = rng.uniform(18, 32), rng.uniform(3.4, 4.8), rng.uniform(24, 45)
    lines = [
        f"令和8年{rng.randint(2, 10)}月{rng.randint(1, 28)}日",
        "",
        f"{rng.choice(('市民課', '福祉課', '税務課'))} 御中",
        "",
    ]
    lines += [f"{sender.full_name}", "", rng.choice(("お知らせ", "ご依頼", "お礼", "書類の送付について")), ""]
    lines += rng.sample(_PHRASES, rng.randint(5, 12))
    pitch = size * rng.uniform(1.7, 2.3)
    if rng.random() < 0.55:
        aligns = {0: "right", 4: "right", 6: "center"}
        boxes = [BoxMm(left, y + pitch * i, 210 - 2 * left, size * 1.4) for i in range(len(lines))]
        pieces = [
            Words(t, b, size, aligns.get(i, "left")) for i, (t, b) in enumerate(zip(lines, boxes, strict=True)) if t
        ]
        return _print(pieces, dpi)
    height = min(pitch, (285 - y) / len(lines))
    fields = [
        FieldPiece(
            Region(f"line{i}", 0, box := BoxMm(left, y + height * i, 210 - 2 * left, height), RegionStyle.LINE),
            box,
            ruled=False,
        )
        for i in range(len(lines))
    ]
    rules = [Frame(BoxMm(left, y + height * (i + 1), 210 - 2 * left, 0), 0.15) for i in range(len(lines))]
    sheet = Sheet("letter", "letter", (SheetPage(_A4, (*fields, *rules)),))
    return fill_sheet(sheet, {f"line{i}": t for i, t in enumerate(lines) if t}, Hand.of(rng), dpi, rng)[0]


def _invoice(dpi: int, rng: random.Random) -> NDArray[uint8]:
    """An invoice or a receipt with a table of goods, all printed."""
    left, width = rng.uniform(12, 22), rng.uniform(165, 180)
    title = rng.choice(("請求書", "御見積書", "納品書", "領収書"))
    pieces: list[Piece] = [
        Words(title, BoxMm(left, rng.uniform(12, 22), width, 12), rng.uniform(6, 10), rng.choice(("center", "left"))),
        Words("デモ市長 様", BoxMm(left, 38, 80, 7), 4.5, "left"),
        Words(f"No. {rng.randint(1000, 99999)}", BoxMm(left, 32, width, 5), 3, "right"),
        Words(f"2026年{rng.randint(2, 10)}月{rng.randint(1, 28)}日", BoxMm(left, 38, width, 5), 3.2, "right"),
    ]
    shares = rng.choice(((0.5, 0.12, 0.18, 0.2), (0.1, 0.45, 0.15, 0.3), (0.08, 0.4, 0.12, 0.18, 0.22)))
    y, row, rows, total = rng.uniform(60, 95), rng.uniform(7, 11), rng.randint(5, 12), 0
    for line in range(rows + 1):
        x = left
        amount = rng.randint(1, 400) * 100
        total += amount if line else 0
        for i, share in enumerate(shares):
            last = i == len(shares) - 1
            text = ("品名", "数量", "単価", "摘要", "金額")[i if not last else 4] if line == 0 else ""
            if line and line < rows - 1:
                text = f"{amount:,}" if last else rng.choice(_GOODS) if share > 0.35 else str(rng.randint(1, 20))
            box = BoxMm(x, y + row * line, width * share, row)
            pieces += [
                Frame(box, 0.2),
                Words(text, BoxMm(x + 1, box.y_mm, box.w_mm - 2, row), 3.2, "right" if last else "center"),
            ]
            x += width * share
    pieces.append(Words(f"合計 ¥{total:,}-", BoxMm(left, 48, 100, 9), 5.5, "left", bold=True))
    pieces.append(Frame(BoxMm(left, 57, 90, 0), 0.5))
    pieces.append(Words("お振込手数料はご負担ください。", BoxMm(left, y + row * (rows + 1) + 5, width, 5), 3, "left"))
    return _print(pieces, dpi)


def _card(dpi: int, rng: random.Random) -> NDArray[uint8]:
    """A copy of one or two cards somewhere on a sheet."""
    import numpy as np

    people = People(rng)
    pieces: list[Piece] = []
    cards: list[BoxMm] = []
    top = rng.uniform(20, 60)
    for i in range(rng.randint(1, 2)):
        x, y = rng.uniform(30, 100), top + 85 * i
        person = people.person(people.family_name(), rng.choice("男女"), rng.randint(18, 80))
        born = person.birth_date
        lines = (
            rng.choice(_CARDS),
            f"氏名 {person.full_name}",
            f"住所 {people.address(in_city=True).text(prefecture=False, building=False)}",
            f"{born.year}年{born.month}月{born.day}日生",
            f"番号 {rng.randrange(10**10, 10**11)}",
        )
        cards.append(BoxMm(x, y, 85.6, 54))
        pieces.append(Frame(cards[-1], 0.3))
        pieces += [Words(t, BoxMm(x + 4, y + 4 + 9 * j, 52, 7), 2.8, "left") for j, t in enumerate(lines)]
    page = _print(pieces, dpi).copy()
    tinted = rng.random() < 0.6
    for card in cards:
        cx, cy, cw, ch = card.to_px(dpi)
        if tinted:
            # What copiers make of a tinted card.
            dots = np.indices((ch, cw)).sum(0) % 5 == 0
            page[cy : cy + ch, cx : cx + cw][dots] = 205
        px, py, pw, ph = BoxMm(card.x_mm + 60, card.y_mm + 14, 21, 27).to_px(dpi)
        page[py : py + ph, px : px + pw] = _scene(ph, pw, rng)
        page[py + ph // 4 : py + ph * 3 // 4, px + pw // 4 : px + pw * 3 // 4] //= np.uint8(2)
    return page


def _photo(dpi: int, rng: random.Random) -> NDArray[uint8]:
    """A photograph of something, filling the sheet or a part of it."""
    import numpy as np

    k = dpi / 25.4
    height, width = round(297 * k), round(210 * k)
    if rng.random() < 0.5:
        return _scene(height, width, rng)
    page = np.full((height, width, 3), 255, np.uint8)
    h, w = round(height * rng.uniform(0.3, 0.6)), round(width * rng.uniform(0.5, 0.85))
    y, x = rng.randrange(height - h), rng.randrange(width - w)
    page[y : y + h, x : x + w] = _scene(h, w, rng)
    return page


def _scene(height: int, width: int, rng: random.Random) -> NDArray[uint8]:
    """Soft patches of colour with some sharp shapes, as a photograph has them."""
    import cv2
    import numpy as np

    noise = np.random.default_rng(rng.getrandbits(32))
    rough = noise.integers(30, 230, (rng.randint(4, 12), rng.randint(4, 10), 3), np.uint8)
    picture = np.asarray(cv2.resize(rough, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)
    for _ in range(rng.randint(6, 40)):
        colour = tuple(rng.randrange(256) for _ in range(3))
        centre = (rng.randrange(width), rng.randrange(height))
        axes = (rng.randint(2, max(3, width // 8)), rng.randint(2, max(3, height // 8)))
        if rng.random() < 0.5:
            cv2.ellipse(picture, centre, axes, rng.randrange(180), 0, 360, colour, -1, cv2.LINE_AA)
        else:
            cv2.rectangle(picture, centre, (centre[0] + axes[0], centre[1] + axes[1]), colour, rng.choice((-1, 3)))
    return picture


def _texture(dpi: int, rng: random.Random) -> NDArray[uint8]:
    """Cloth, ruled paper or squared paper."""
    import numpy as np

    k = dpi / 25.4
    height, width = round(297 * k), round(210 * k)
    page = np.full((height, width, 3), rng.randint(225, 255), np.uint8)
    pitch = round(rng.uniform(2.5, 12) * k)
    grey = rng.randint(90, 210)
    page[rng.randrange(pitch) :: pitch] = grey
    if rng.random() < 0.6:
        page[:, rng.randrange(pitch) :: pitch] = grey
    if rng.random() < 0.4:
        weave = np.random.default_rng(rng.getrandbits(32)).integers(0, 60, (height, width // 8 + 1, 1), np.uint8)
        page -= np.repeat(weave, 8, axis=1)[:, :width]
    return page


def _back(dpi: int, rng: random.Random) -> NDArray[uint8]:
    """The blank back of a sheet; often what is printed on the front shows through."""
    import numpy as np

    front = draw_foreign_form(dpi, rng)
    strength = rng.choice((0.0, 0.04, 0.09, 0.15))
    faint = 250 - (255 - front[:, ::-1].astype(np.float32)) * strength
    return np.ascontiguousarray(faint.clip(0, 255).astype(np.uint8))


FOREIGN_KINDS: Mapping[str, Callable[[int, random.Random], NDArray[uint8]]] = MappingProxyType(
    {
        "form": draw_foreign_form,
        "letter": _letter,
        "invoice": _invoice,
        "card": _card,
        "photo": _photo,
        "texture": _texture,
        "back": _back,
    }
)
"""Kinds of foreign page: each draws one, from a resolution and a source of chance."""

_TURN = ("form", "letter", "form", "invoice", "form", "card", "form", "photo", "form", "back", "form", "texture")
