from __future__ import annotations

import random

import numpy as np
import pytest

from munibots.definitions import places
from munibots.demo.paper.blank import draw_blank
from munibots.demo.paper.filling import Entry, Seal, WrittenDate, fill_sheet
from munibots.demo.paper.hand import Hand
from munibots.demo.paper.sheet import FieldPiece, Sheet, SheetPage, read_sheet
from munibots.domain.layout import BoxMm, PageSizeMm, Part, Region, RegionStyle

SHEET = read_sheet(places.find("forms", "juminido") / "sheet.yaml")
DPI = 100
BLANK = np.asarray(draw_blank(SHEET.pages[0], DPI), dtype=np.float32)


def ink(page: np.ndarray, box: BoxMm) -> float:
    """How much darker than the blank a box is, in grey levels."""
    x, y, w, h = box.to_px(DPI)
    grey = page.mean(axis=2)
    return float((BLANK - grey)[y : y + h, x : x + w].mean())


def fill(entries: dict[str, Entry], seed: int = 1, **more: object) -> np.ndarray:
    rng = random.Random(seed)
    (page,) = fill_sheet(SHEET, entries, Hand.of(rng), DPI, rng, **more)  # type: ignore[arg-type]
    return page


def test_what_is_written_lands_in_its_box_and_nowhere_else() -> None:
    page = fill({"notifier_name": "佐藤\u3000花子", "mover1_my_number": "123456789018"})
    for piece in SHEET.fields:
        written = piece.region.field in ("notifier_name", "mover1_my_number")
        assert (ink(page, piece.region.box) > 1) == written, piece.region.field


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    ("field", "choice"), [("movement_kind", "転居"), ("mover2_relationship", "同居人"), ("mover2_sex", "男")]
)
def test_the_chosen_part_bears_most_ink(field: str, choice: str, seed: int) -> None:
    page = fill({field: choice}, seed)
    amounts = {p.name: ink(page, p.box) for p in SHEET.field(field).region.parts}
    assert max(amounts, key=lambda name: amounts[name]) == choice
    assert sorted(amounts.values())[-2] < amounts[choice] / 3


def test_a_date_is_written_in_its_three_places_and_its_era_circled() -> None:
    page = fill({"mover1_birth_date": WrittenDate("昭和", "63", "12", "3")})
    region = SHEET.field("mover1_birth_date").region
    marked = {p.name for p in region.parts if ink(page, p.box) > 2}
    assert marked == {"昭和", "year", "month", "day"}


def test_long_addresses_stay_in_their_box() -> None:
    long = "神奈川県横浜市旭区下川井町1234番地の56\u3000レジデンスサンハイツ緑ヶ丘三番館1203号室"
    page = fill({"new_address": long})
    x, y, w, h = SHEET.field("new_address").region.box
    assert ink(page, SHEET.field("new_address").region.box) > 3
    assert ink(page, BoxMm(x + w + 1, y, 6, h)) < 0.5


def test_the_same_chance_gives_the_same_page_and_other_chance_another() -> None:
    entries: dict[str, Entry] = {"notifier_name": "渡邉\u3000一郎"}
    seal, receipt = Seal("notifier_name", "渡邉"), ("デモ市", "8.4.1")
    first = fill(entries, seal=seal, receipt=receipt)
    assert np.array_equal(first, fill(entries, seal=seal, receipt=receipt))
    assert not np.array_equal(first, fill(entries, 2, seal=seal, receipt=receipt))


def test_a_seal_is_red_and_a_receipt_stamp_lies_in_its_corner() -> None:
    plain = fill({"notifier_name": "森\u3000茂"})
    stamped = fill({"notifier_name": "森\u3000茂"}, seal=Seal("notifier_name", "森"), receipt=("デモ市", "8.4.1"))
    x, y, w, h = SHEET.field("notifier_name").region.box.to_px(DPI)
    red = stamped[y : y + h, x : x + w].astype(int)
    assert (red[..., 0] - red[..., 2] > 40).any()
    corner = BoxMm(170, 8, 28, 26)
    assert ink(stamped, corner) > ink(plain, corner) + 1


def test_the_text_of_a_written_date() -> None:
    assert WrittenDate("昭和", "63", "2", "30").text == "昭和63年2月30日"
    assert WrittenDate("西暦", "1990", "1", "2").text == "1990年1月2日"


def test_an_unknown_choice_is_refused() -> None:
    with pytest.raises(KeyError, match="引越"):
        fill({"movement_kind": "引越"})


def _two_pages() -> Sheet:
    """A page with an amount, and a second one on its side with many marks."""
    amount = Region("amount", 0, BoxMm(20, 20, 60, 8), RegionStyle.COMB, cells=10)
    days = tuple(Part(d, BoxMm(20 + 12 * i, 20, 8, 8)) for i, d in enumerate("月火水"))
    marks = Region("days", 1, BoxMm(18, 18, 50, 12), RegionStyle.MARKS, parts=days)
    first = SheetPage(PageSizeMm(105, 148), (FieldPiece(amount, amount.box, align="right", thick_every=3),), (80, 100))
    return Sheet("x@standard", "x", (first, SheetPage(PageSizeMm(148, 105), (FieldPiece(marks, marks.box),))))


def test_every_page_takes_its_own_fields_and_only_the_first_its_stamp() -> None:
    sheet, rng = _two_pages(), random.Random(3)
    hand = Hand.of(rng)
    blanks = [np.asarray(draw_blank(page, DPI), dtype=np.float32) for page in sheet.pages]
    pages = fill_sheet(sheet, {"amount": "123", "days": ("月", "水")}, hand, DPI, rng, receipt=("デモ市", "8.4.1"))
    darker = [blank - page.mean(axis=2) for blank, page in zip(blanks, pages, strict=True)]

    def amount_of(page_index: int, box: BoxMm) -> float:
        x, y, w, h = box.to_px(DPI)
        return float(darker[page_index][y : y + h, x : x + w].mean())

    cells = [amount_of(0, BoxMm(20 + 6 * i, 20, 6, 8)) > 3 for i in range(10)]
    assert cells == [False] * 7 + [True] * 3
    marked = [p.name for p in sheet.field("days").region.parts if amount_of(1, p.box) > 3]
    assert marked == ["月", "水"]
    assert amount_of(0, BoxMm(65, 85, 30, 30)) > 3
    assert [p.shape[:2] for p in pages] == [(583, 413), (413, 583)]


def test_several_entries_in_one_box_are_refused() -> None:
    with pytest.raises(TypeError, match="notifier_name"):
        fill({"notifier_name": ("a", "b")})
