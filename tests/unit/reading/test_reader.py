"""A whole page, written on with a plotter's strokes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import pytest

from munibots.domain.form import Form
from munibots.domain.layout import BoxMm, Layout
from munibots.domain.reading import FieldValue
from munibots.reading.reader import FormReader, PageReading

from .conftest import K, Pen, scanned


def _values(reading: PageReading) -> dict[str, FieldValue]:
    return {v.name: v for v in reading.values}


def _fill(pen: Pen) -> None:
    pen.date("notification_date", "8", "4", "13")
    pen.tick("movement_kind", "転居")
    pen.comb("new_postal_code", "4110857")
    pen.date("mover1_birth_date", "63", "12", "30", era="昭和")
    pen.circle("mover1_sex", "女")
    pen.circle("mover1_relationship", "世帯主")
    pen.comb("mover1_my_number", "123456789018")
    pen.digits(pen.layout.region("notifier_phone").box, "090-1234-5678")


def test_what_is_written_is_read_and_all_else_is_blank(reader: FormReader, form: Form, pen: Pen) -> None:
    _fill(pen)
    reading = reader.read(scanned(pen.picture))
    assert [v.name for v in reading.values] == [f.name for f in form.fields]
    filled = {v.name: v.value for v in reading.values if not v.blank}
    assert filled == {
        "notification_date": "2026-04-13",
        "movement_kind": "転居",
        "new_postal_code": "411-0857",
        "mover1_birth_date": "1988-12-30",
        "mover1_sex": "女",
        "mover1_relationship": "世帯主",
        "mover1_my_number": "123456789018",
        "notifier_phone": "090-1234-5678",
    }
    for v in reading.values:
        assert not v.accepted
        assert (v.confidence is None) == v.blank
    assert _values(reading)["mover1_my_number"].features["check_digit_ok"] == 1.0
    assert set(reading.seconds) == {"register", "cut", "recognise", "judge"}


def test_a_blank_form_is_blank(reader: FormReader, pen: Pen) -> None:
    assert all(v.blank for v in reader.read(scanned(pen.picture, noise=14)).values)


def test_dirt_and_a_streak_are_not_writing(reader: FormReader, pen: Pen) -> None:
    rng = np.random.default_rng(2)
    for x, y in zip(rng.integers(100, 1550, 60), rng.integers(100, 2200, 60), strict=True):
        cv2.circle(pen.picture, (int(x), int(y)), 1, (60,), -1)
    cv2.line(pen.picture, (707, 0), (712, 2338), (70,), 1)
    assert all(v.blank for v in reader.read(scanned(pen.picture)).values)


def test_a_date_that_does_not_exist_is_not_moved(reader: FormReader, pen: Pen) -> None:
    pen.date("mover1_birth_date", "60", "2", "30", era="昭和")
    value = _values(reader.read(scanned(pen.picture)))["mover1_birth_date"]
    assert value.value is None
    assert value.text == "昭和60年2月30日"
    assert "存在しない日付です。" in value.reasons


def test_the_last_days_of_an_era(reader: FormReader, pen: Pen) -> None:
    pen.date("mover1_birth_date", "64", "1", "7", era="昭和")
    pen.date("mover2_birth_date", "64", "1", "8", era="昭和")
    pen.date("mover3_birth_date", "1989", "1", "8", era="西暦")
    values = _values(reader.read(scanned(pen.picture)))
    assert values["mover1_birth_date"].value == "1989-01-07"
    assert values["mover2_birth_date"].value is None
    assert values["mover3_birth_date"].value == "1989-01-08"


def test_incomplete_dates_and_numbers_have_no_value(reader: FormReader, pen: Pen) -> None:
    pen.date("mover1_birth_date", "5", "6", "7")
    pen.date("mover2_birth_date", "5", "6", "", era="令和")
    pen.comb("new_postal_code", "411 857")
    values = _values(reader.read(scanned(pen.picture)))
    assert values["mover1_birth_date"].value is None
    assert values["mover1_birth_date"].reasons == ("元号が選ばれていません。",)
    assert values["mover2_birth_date"].reasons == ("日が書かれていません。",)
    assert values["new_postal_code"].value is None
    assert values["new_postal_code"].text == "411　857"


def test_two_marks_are_not_a_choice(reader: FormReader, pen: Pen) -> None:
    pen.circle("mover1_sex", "男")
    pen.circle("mover1_sex", "女")
    value = _values(reader.read(scanned(pen.picture)))["mover1_sex"]
    assert value.value is None
    assert value.reasons == ("二つ以上に印があります。",)
    assert set(value.candidates) == {"男", "女"}


def test_a_wrong_my_number_is_read_as_it_stands(reader: FormReader, pen: Pen) -> None:
    pen.comb("mover1_my_number", "123456789019")
    value = _values(reader.read(scanned(pen.picture)))["mover1_my_number"]
    assert value.value == "123456789019"
    assert value.features["check_digit_ok"] == 0.0


def test_a_seal_alone_is_ink_but_no_name(reader: FormReader, pen: Pen, layout: Layout) -> None:
    x, y, w, h = layout.region("notifier_name").box
    cv2.circle(pen.picture, (round((x + w / 2) * K), round((y + h / 2) * K)), 34, (110,), 3)
    value = _values(reader.read(scanned(pen.picture)))["notifier_name"]
    assert not value.blank


def test_threads_share_a_reader(reader: FormReader, pen: Pen) -> None:
    _fill(pen)
    page = scanned(pen.picture)
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(reader.read, [page, page])
    assert [v.value for v in first.values] == [v.value for v in second.values]


@pytest.mark.parametrize("name", ["notifier_name", "mover1_my_number"])
def test_values_do_not_show_in_repr(reader: FormReader, pen: Pen, name: str) -> None:
    _fill(pen)
    assert "123456789018" not in repr(reader.read(scanned(pen.picture)).values)


def test_a_value_over_the_edge_of_its_box_is_no_blank(reader: FormReader, pen: Pen) -> None:
    x, y, w, _ = pen.layout.region("domicile").box
    pen.digits(BoxMm(x, y - 4.2, w, 7), "123")
    value = _values(reader.read(scanned(pen.picture)))["domicile"]
    assert (value.text, value.value, value.blank) == ("□", None, False)
    assert value.reasons == ("枠からはみ出した、または薄い書き込みがあります。",)


def test_a_pale_value_is_no_blank(reader: FormReader, pen: Pen) -> None:
    region = pen.layout.region("notifier_phone")
    clean = pen.picture.copy()
    pen.digits(region.box, "090-1234-5678")
    pen.picture[:] = np.maximum(pen.picture, np.where(pen.picture < clean, 222, 0)).astype(np.uint8)
    value = _values(reader.read(scanned(pen.picture, noise=3)))["notifier_phone"]
    assert (value.value, value.blank) == (None, False)


def test_writing_that_no_field_claims_has_its_place(reader: FormReader, pen: Pen) -> None:
    _fill(pen)
    assert reader.read(scanned(pen.picture)).unclaimed == ()
    cv2.putText(pen.picture, "VOID", (60, 2290), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (50,), 3, cv2.LINE_AA)
    reading = reader.read(scanned(pen.picture))
    assert reading.partly_read == ()
    assert len(reading.unclaimed) >= 1
    assert abs(reading.unclaimed[0].y_mm - 288) < 4


def test_stamps_in_the_offices_own_place_are_nobodys(reader: FormReader, pen: Pen) -> None:
    x, y, w, h = pen.layout.office[0].box
    cv2.circle(pen.picture, (round((x + w / 2) * K), round((y + h / 2) * K)), round(11 * K), (90,), 3)
    assert reader.read(scanned(pen.picture)).unclaimed == ()
