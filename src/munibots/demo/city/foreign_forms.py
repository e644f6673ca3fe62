"""Forms and tables of other offices: random layouts with the usual labels, of which no two are alike."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from munibots.demo.city.people import People
from munibots.demo.paper.filling import Entry, fill_sheet
from munibots.demo.paper.hand import Hand
from munibots.demo.paper.sheet import FieldPiece, Frame, Piece, Sheet, SheetPage, Words
from munibots.domain.layout import BoxMm, PageSizeMm, Region, RegionStyle

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

__all__ = ["draw_foreign_form"]

# Half of the titles are those of forms that are known, of cities whose paper is not.
_TITLES = (
    "住民異動届", "転入届", "戸籍証明書等交付請求書", "印鑑登録申請書", "口座振替依頼書", "市民税・県民税申告書", "法人設立届出書", "国民健康保険資格取得届",
    "要介護認定申請書", "児童手当認定請求書", "保育所入所申込書", "就労証明書", "犬の登録申請書", "粗大ごみ収集申込書", "道路占用許可申請書", "図書館利用者登録申込書",
    "市営住宅入居申込書", "固定資産評価証明書交付申請書", "水道使用開始届", "体育館使用許可申請書", "臨時運行許可申請書", "軽自動車税減免申請書", "学童保育利用申請書",
    "妊娠届出書", "飼い猫登録申請書", "下水道使用休止届", "自治会加入申込書", "防災訓練参加者名簿", "アンケート調査票", "備品貸出簿",
)  # fmt: skip
_LABELS = (
    "氏名", "フリガナ", "住所", "電話番号", "生年月日", "性別", "続柄", "世帯主", "本籍", "筆頭者", "申請年月日", "届出人", "代理人", "勤務先", "所在地", "名称",
    "代表者", "口座番号", "金融機関名", "支店名", "備考", "理由", "期間", "使用目的", "数量", "金額", "番号", "受付番号", "旧住所", "新住所", "職業", "連絡先",
    "設置場所", "面積", "車両番号", "種類", "開始日", "終了日", "参加人数", "緊急連絡先", "学校名", "学年", "保護者", "個人番号", "法人番号", "担当者",
)  # fmt: skip
_CHOICES = (
    "有",
    "無",
    "新規",
    "変更",
    "廃止",
    "男",
    "女",
    "本人",
    "家族",
    "代理",
    "普通",
    "当座",
    "継続",
    "一般",
    "減免",
    "可",
    "否",
    "その他",
)
_NOTES = (
    "太枠の中だけ記入してください。", "記入もれがあると受け付けできません。", "押印は必要ありません。", "該当するものに○を付けてください。", "裏面の説明を読んでから記入してください。",
    "添付書類は写しで構いません。", "郵送のときは返信用封筒を同封してください。", "書ききれないときは別の紙に書いてください。",
)  # fmt: skip
_SIZES = ((210, 297), (210, 297), (210, 297), (210, 297), (297, 210), (182, 257), (210, 148))


def draw_foreign_form(dpi: int, rng: random.Random) -> NDArray[uint8]:
    """One form of another office, mostly filled in by hand.

    Args:
        dpi: Resolution.
        rng: Where all chance comes from.

    Returns:
        The page, RGB, shape (height, width, 3).
    """
    form = _Form(rng)
    sheet = Sheet("foreign", "foreign", (SheetPage(form.size, tuple(form.pieces)),))
    entries = form.entries if rng.random() < 0.85 else {}
    return fill_sheet(sheet, entries, Hand.of(rng), dpi, rng)[0]


class _Form:
    """Puts blocks of random kinds below each other until the page is full."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.people = People(rng)
        self.size = PageSizeMm(*rng.choice(_SIZES))
        self.pieces: list[Piece] = []
        self.entries: dict[str, Entry] = {}
        self.left = rng.uniform(8, 22)
        self.width = self.size.w_mm - self.left - rng.uniform(8, 22)
        self.shade = rng.random() < 0.5
        self.line_mm = rng.choice((0.15, 0.2, 0.3, 0.5))
        self.outer_mm = rng.choice((0.2, 0.5, 0.8))
        self.row_mm = rng.uniform(7.5, 14)
        y = self._title(rng.uniform(8, 18))
        blocks = rng.choices(
            (self._rows, self._list, self._combs, self._ticks, self._notes, self._free), (5, 3, 2, 2, 2, 1), k=12
        )
        for block in blocks:
            bottom = block(y + rng.uniform(0, 5))
            if bottom > self.size.h_mm - 25:
                break
            y = bottom
        self._words("決裁", BoxMm(self.left, self.size.h_mm - 14, 20, 6), 2.6)
        for i in range(rng.randint(0, 6)):
            self.pieces.append(Frame(BoxMm(self.left + 20 + 14 * i, self.size.h_mm - 18, 14, 12), self.line_mm))

    def _words(self, text: str, box: BoxMm, size_mm: float, align: str = "center", bold: bool = False) -> None:
        self.pieces.append(Words(text, box, size_mm, align, bold))

    def _label(self, box: BoxMm) -> None:
        text = self.rng.choice(_LABELS)
        upright = box.w_mm < 10 and box.h_mm > 12
        align = "center" if upright or len(text) < 2 else self.rng.choice(("center", "spread"))
        self.pieces.append(Words(text, box, 2.9, align, upright=upright, shade=self.shade))
        if not self.shade:
            self.pieces.append(Frame(box, self.line_mm))

    def _field(self, box: BoxMm, style: RegionStyle = RegionStyle.LINE, cells: int | None = None) -> None:
        name = f"field{len(self.pieces)}"
        region = Region(name, 0, box, style, cells)
        self.pieces.append(FieldPiece(region, box, ruled=style is RegionStyle.LINE))
        if self.rng.random() < 0.75:
            self.entries[name] = self._writing(cells)

    def _writing(self, cells: int | None) -> str:
        rng = self.rng
        if cells is not None:
            return "".join(rng.choice("0123456789") for _ in range(rng.randint(max(1, cells - 4), cells)))
        kind = rng.randrange(5)
        if kind == 0:
            return self.people.address(in_city=False).text(prefecture=rng.random() < 0.5, building=False)
        if kind == 1:
            return self.people.phone()
        if kind == 2:
            return f"令和{rng.randint(1, 8)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
        person = self.people.person(self.people.family_name(), rng.choice("男女"), rng.randint(20, 80))
        return person.full_name if kind == 3 else person.full_katakana

    def _title(self, y: float) -> float:
        rng = self.rng
        size, title = rng.uniform(4.5, 9), rng.choice(_TITLES)
        width = min(self.width, size * (len(title) + 2) * rng.uniform(1, 1.5))
        x = self.left + rng.choice((0.0, (self.width - width) / 2, self.width - width))
        box = BoxMm(x, y, width, size * 1.5)
        self._words(title, box, size, rng.choice(("center", "spread")), rng.random() < 0.6)
        if rng.random() < 0.35:
            self.pieces.append(Frame(box, rng.choice((0.2, 0.6))))
        if rng.random() < 0.3:
            self._words(
                f"様式第{rng.randint(1, 40)}号(第{rng.randint(2, 30)}条関係)",
                BoxMm(self.left, y - 5, 60, 4),
                2.6,
                "left",
            )
        return y + size * 1.5 + rng.uniform(2, 14)

    def _rows(self, y: float) -> float:
        """Rows of one to three labels, each with a place to write."""
        rng = self.rng
        top = y
        for _ in range(rng.randint(2, 7)):
            height = self.row_mm * rng.choice((1, 1, 1.5))
            pairs = rng.choice((1, 1, 2, 2, 3))
            each = self.width / pairs
            label = min(each * 0.4, rng.uniform(14, 32))
            for i in range(pairs):
                x = self.left + each * i
                self._label(BoxMm(x, y, label, height))
                self._field(BoxMm(x + label, y, each - label, height))
            y += height
            if y > self.size.h_mm - 30:
                break
        self.pieces.append(Frame(BoxMm(self.left, top, self.width, y - top), self.outer_mm))
        return y

    def _list(self, y: float) -> float:
        """A table with a head and empty rows."""
        rng = self.rng
        columns = rng.randint(3, 7)
        widths = [rng.uniform(0.6, 2) for _ in range(columns)]
        scale = self.width / sum(widths)
        rows = min(rng.randint(2, 10), int((self.size.h_mm - 26 - y) / self.row_mm) - 1)
        x = self.left
        for w in (width * scale for width in widths):
            self._label(BoxMm(x, y, w, 7))
            for row in range(max(0, rows)):
                self._field(BoxMm(x, y + 7 + self.row_mm * row, w, self.row_mm))
            x += w
        return y + 7 + self.row_mm * max(0, rows)

    def _combs(self, y: float) -> float:
        """A label and a row of cells."""
        label = self.rng.uniform(18, 36)
        cells = self.rng.choice((4, 7, 8, 10, 12, 13))
        cell = min(self.rng.uniform(4.4, 8), (self.width - label - 4) / cells)
        self._label(BoxMm(self.left, y, label, 10))
        self._field(BoxMm(self.left + label + 2, y + 1, cell * cells, 8), RegionStyle.COMB, cells)
        return y + 10

    def _ticks(self, y: float) -> float:
        """A label and some choices with a box to tick, or to circle."""
        rng = self.rng
        self._label(BoxMm(self.left, y, 28, 9))
        self.pieces.append(Frame(BoxMm(self.left + 28, y, self.width - 28, 9), self.line_mm))
        sign = rng.choice(("□", "・", ""))
        x, step = self.left + 30, rng.uniform(15, 24)
        while x + step < self.left + self.width:
            self._words(sign + rng.choice(_CHOICES), BoxMm(x, y, step, 9), 3.2, "left")
            x += step
        return y + 9

    def _notes(self, y: float) -> float:
        size = self.rng.uniform(2.4, 3.4)
        for _ in range(self.rng.randint(1, 4)):
            self._words(self.rng.choice(_NOTES), BoxMm(self.left, y, self.width, size * 1.5), size, "left")
            y += size * 1.6
        return y

    def _free(self, y: float) -> float:
        height = self.rng.uniform(15, 40)
        if y + height < self.size.h_mm - 22:
            self.pieces.append(Frame(BoxMm(self.left, y, self.width, height), self.outer_mm))
            self._words(self.rng.choice(_LABELS), BoxMm(self.left + 1, y + 1, 40, 5), 2.8, "left")
        return y + height
