from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from munibots.definitions.form_files import load_form
from munibots.demo.city import scans
from munibots.demo.city.scans import City, make_city, make_sheets
from munibots.errors import UsageError
from munibots.japanese.numbers import is_my_number

SHEETS, SEED = 14, 5


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    return make_city(tmp_path_factory.mktemp("city"), SHEETS, SEED)


@pytest.fixture(scope="module")
def truth(city: City) -> list[dict[str, object]]:
    records: list[dict[str, object]] = json.loads(city.truth.read_text(encoding="utf-8"))
    return records


def pages(path: Path) -> int:
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as pdf:
            return len(pdf)
    with Image.open(path) as picture:
        picture.load()
        return getattr(picture, "n_frames", 1)


def test_every_sheet_has_a_page_and_every_page_a_record(city: City, truth: list[dict[str, object]]) -> None:
    assert len(truth) == SHEETS
    told = Counter(str(r["source"]) for r in truth)
    assert {p.name: pages(p) for p in city.inbox.iterdir()} == told
    assert all(name.isascii() for name in told)


def test_one_sheet_of_each_trouble_must_be_rejected(truth: list[dict[str, object]]) -> None:
    assert Counter(r["why"] for r in truth if r["expected"] == "rejected") == {
        "duplicate": 1,
        "no_such_date": 1,
        "wrong_my_number": 1,
    }
    assert all(r["why"] is None for r in truth if r["expected"] == "entered")


def test_the_duplicate_comes_after_its_first_scan_and_says_the_same(truth: list[dict[str, object]]) -> None:
    again = next(i for i, r in enumerate(truth) if r["why"] == "duplicate")
    first = next(i for i, r in enumerate(truth) if r["case_no"] == truth[again]["case_no"])
    assert first < again
    assert truth[first]["fields"] == truth[again]["fields"]
    assert truth[first]["expected"] == "entered"


def test_values_are_normalised_for_every_field_of_the_form(truth: list[dict[str, object]]) -> None:
    names = [f.name for f in load_form("juminido").fields]
    for record in truth:
        fields, text = record["fields"], record["text"]
        assert isinstance(fields, dict)
        assert isinstance(text, dict)
        assert list(fields) == names
        unreadable = [n for n, v in fields.items() if v is None and n in text]
        assert len(unreadable) == (record["why"] == "no_such_date")
        numbers = [v for n, v in fields.items() if n.endswith("_my_number") and v is not None]
        assert sum(not is_my_number(v) for v in numbers) == (record["why"] == "wrong_my_number")
        assert fields["notification_date"].startswith("2026-")
        for name in ("new_postal_code", "old_postal_code"):
            assert fields[name] is None or fields[name][3] == "-"


def test_the_register_holds_who_is_asked_to_move(city: City, truth: list[dict[str, object]]) -> None:
    with city.residents.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == list(scans._COLUMNS)
    known = {(r["name"], r["birth_date"], r["my_number"]) for r in rows}
    assert len(known) > 200
    for record in truth:
        fields = record["fields"]
        assert isinstance(fields, dict)
        number = fields["mover1_my_number"]
        if fields["movement_kind"] != "転入" and record["why"] is None and number:
            assert (fields["mover1_name"], fields["mover1_birth_date"], number) in known


def test_called_again_it_does_nothing(city: City) -> None:
    before = {p: p.stat().st_mtime_ns for p in city.workdir.rglob("*")}
    assert make_city(city.workdir, SHEETS, SEED) == city
    assert {p: p.stat().st_mtime_ns for p in city.workdir.rglob("*")} == before


def test_killed_in_the_middle_it_goes_on_to_the_same_end(city: City, tmp_path: Path) -> None:
    class Killed(BaseException):
        pass

    def stop(done: int, total: int) -> None:
        if done > total // 2:
            raise Killed

    with pytest.raises(Killed):
        make_city(tmp_path, SHEETS, SEED, progress=stop)
    assert not (tmp_path / "truth.json").exists()
    half = {p.name: p.stat().st_mtime_ns for p in (tmp_path / "inbox").iterdir()}
    make_city(tmp_path, SHEETS, SEED)
    for path in (tmp_path / "inbox").iterdir():
        assert path.read_bytes() == (city.inbox / path.name).read_bytes()
        assert path.stat().st_mtime_ns == half.get(path.name, path.stat().st_mtime_ns)
    assert (tmp_path / "truth.json").read_bytes() == city.truth.read_bytes()
    assert (tmp_path / "residents.csv").read_bytes() == city.residents.read_bytes()


def test_another_city_in_the_same_folder_is_refused(city: City) -> None:
    with pytest.raises(UsageError, match="MB-E801"):
        make_city(city.workdir, SHEETS, SEED + 1)


def test_sheets_in_memory_are_grey_pages_with_their_truth() -> None:
    made = list(make_sheets(3, 8, levels=("hard",)))
    for page, told in made:
        assert page.pixels.ndim == 2
        assert page.dpi in (200.0, 300.0)
        assert page.source == told.source
        assert told.expected == "entered"
    again = next(make_sheets(3, 8, levels=("hard",)))
    assert np.array_equal(made[0][0].pixels, again[0].pixels)
    assert made[0][1] == again[1]


def test_personal_data_does_not_show_in_a_repr() -> None:
    _, told = next(make_sheets(1, 8))
    assert str(told.fields["mover1_name"]) not in repr(told)
