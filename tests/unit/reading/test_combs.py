"""One digit a cell."""

from __future__ import annotations

import pytest

from munibots.definitions.form_files import load_form, load_layout
from munibots.domain.form import FieldType
from munibots.reading.reader import FormReader
from munibots.reading.registration import blank_picture

from .conftest import Pen, scanned


@pytest.fixture(scope="module")
def tax_reader() -> FormReader:
    return FormReader([(load_form("houjin_20go"), load_layout("houjin_20go"))], None)


@pytest.mark.parametrize(
    ("written", "text", "value"),
    [
        ("     430000", "430000", "430000"),
        ("12345678900", "12345678900", "12345678900"),
        ("          0", "0", "0"),
        ("    43 0000", None, None),
    ],
)
def test_an_amount_may_leave_cells_empty_before_it_but_never_within(
    tax_reader: FormReader, written: str, text: str | None, value: str | None
) -> None:
    layout = load_layout("houjin_20go")
    form = load_form("houjin_20go")
    amount = next(r for r in layout.regions if form.field(r.field).type is FieldType.YEN and r.cells == len(written))
    pen = Pen(blank_picture(layout, 0).copy(), layout)
    pen.comb(amount.field, written)
    (read,) = [v for v in tax_reader.read(scanned(pen.picture)).values if v.name == amount.field]
    assert read.value == value
    if text is not None:
        assert read.text == text
    else:
        assert read.reasons == ("5 桁が空いています。",)


def test_a_clear_row_is_read_alike_by_both(tax_reader: FormReader) -> None:
    layout = load_layout("houjin_20go")
    form = load_form("houjin_20go")
    number = next(r for r in layout.regions if form.field(r.field).type is FieldType.CORPORATE_NUMBER)
    pen = Pen(blank_picture(layout, 0).copy(), layout)
    pen.comb(number.field, "7000012050002")
    (read,) = [v for v in tax_reader.read(scanned(pen.picture)).values if v.name == number.field]
    assert read.value == "7000012050002"
    assert read.reasons == ()
    assert read.features["agreement"] == 1.0
    assert read.features["cell_min_p"] > 0.5
    assert read.features["thinnest_px"] > 1.5


def test_a_number_whose_check_digit_is_wrong_keeps_what_was_read_beside_what_may_be_meant(
    tax_reader: FormReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = load_layout("houjin_20go")
    form = load_form("houjin_20go")
    number = next(r for r in layout.regions if form.field(r.field).type is FieldType.CORPORATE_NUMBER)
    pen = Pen(blank_picture(layout, 0).copy(), layout)
    pen.comb(number.field, "7000012050003")
    monkeypatch.setattr("munibots.reading.combs.likeliest_valid", lambda *_: "7000012050002")
    (read,) = [v for v in tax_reader.read(scanned(pen.picture)).values if v.name == number.field]
    assert (read.text, read.value) == ("7000012050003", "7000012050002")
    assert read.candidates[0] == "7000012050003"
    assert read.confidence is not None
    assert read.confidence <= 0.5
    assert any("読み替え" in reason for reason in read.reasons)
