"""What the demo city writes on every form that it fills in: complete, coherent, and the same for the same chance."""

from __future__ import annotations

import random
from importlib.util import find_spec

import pytest

from munibots.checking.field_types import check_field
from munibots.checking.rules import judge
from munibots.definitions import places
from munibots.definitions.form_files import load_form
from munibots.demo.city.entries.filled import Filled, truth_of
from munibots.demo.city.entries.registry import make_entries
from munibots.demo.city.people import People
from munibots.demo.paper.filling import fill_sheet
from munibots.demo.paper.hand import Hand
from munibots.demo.paper.sheet import read_sheet
from munibots.domain.form import Severity
from munibots.errors import DefinitionNotFoundError

FORMS = [name for name in places.names("forms") if find_spec(f"munibots.demo.city.entries.{name}")]
SEEDS = range(40)


def make(form_id: str, seed: int) -> Filled:
    rng = random.Random(f"{form_id}/{seed}")
    return make_entries(form_id, rng, People(rng))


@pytest.mark.parametrize("form_id", FORMS)
def test_everything_written_has_a_value_that_breaks_no_rule(form_id: str) -> None:
    form = load_form(form_id)
    for seed in SEEDS:
        entries = make(form_id, seed).entries
        truth = truth_of(form, entries)
        assert set(entries) <= set(truth)
        assert [name for name in entries if not truth[name]] == []
        assert [r.rule for r in judge(form, truth) if not r.ok and r.severity is Severity.ERROR] == []
        for slot in form.fields:
            assert check_field(slot, truth[slot.name], written=slot.name in entries) == (), slot.name


@pytest.mark.parametrize("form_id", FORMS)
def test_the_same_chance_writes_the_same(form_id: str) -> None:
    assert make(form_id, 1) == make(form_id, 1)
    assert make(form_id, 1) != make(form_id, 2)


@pytest.mark.parametrize("form_id", FORMS)
def test_it_can_be_written_on_paper(form_id: str) -> None:
    filled = make(form_id, 3)
    sheet = read_sheet(places.find("forms", form_id) / "sheet.yaml")
    rng = random.Random(3)
    pages = fill_sheet(sheet, filled.entries, Hand.of(rng), 60, rng, seal=filled.seal)
    assert len(pages) == len(sheet.pages)


@pytest.mark.parametrize("form_id", FORMS)
def test_personal_data_stays_out_of_its_text(form_id: str) -> None:
    assert "entries" not in repr(make(form_id, 1))


@pytest.mark.parametrize("name", ["nothing", "../filled", "a.b"])
def test_a_form_that_nobody_fills_in_is_said(name: str) -> None:
    rng = random.Random(1)
    with pytest.raises(DefinitionNotFoundError):
        make_entries(name, rng, People(rng))
