"""The core system fails in the ways that real ones do: nothing twice, nothing lost, and each case says what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from munibots.domain.case import CaseState
from munibots.entering.core_system import CoreSystem
from munibots.errors import ExitCode

if TYPE_CHECKING:
    from tests.acceptance.conftest import City

    from munibots.domain.screen import Flow
    from munibots.entering.plan import EntryValues

pytestmark = pytest.mark.acceptance

Values = dict[str, str]


def trouble(path: str, kind: str, method: str = "POST", **more: Any) -> dict[str, Any]:
    return {"path": path, "method": method, "kind": kind, **more}


def code(city: City, case_id: str) -> str | None:
    problem = city.case(case_id).problem
    if problem is None:
        return None
    found, reason_ja, next_ja = problem
    assert reason_ja
    assert next_ja
    return found


@pytest.mark.parametrize("kind", ["http500", "logout"])
@pytest.mark.parametrize("path", ["/inquiry", "/ido/todoke", "/ido/idosha"])
def test_a_single_failure_is_tried_again(city: City, move_in: Values, kind: str, path: str) -> None:
    case_id = city.approve(move_in)
    city.plan_trouble(trouble(path, kind))
    result = city.run()
    assert result.exit_code == ExitCode.DONE
    assert city.case(case_id).state is CaseState.ENTERED
    assert len(city.records()) == 1


def test_a_refusal_flags_the_case_and_the_next_one_is_entered(city: City, move_in: Values, move_within: Values) -> None:
    refused = city.approve(move_in)
    entered = city.approve(move_within)
    city.plan_trouble(trouble("/ido/jusho", "validation"))
    result = city.run()
    assert result.exit_code == ExitCode.NEEDS_PERSON
    assert (city.case(refused).state, code(city, refused)) == (CaseState.FLAGGED, "MB-E401")
    assert "JKW0900-E" in str(city.case(refused).problem)
    assert city.case(entered).state is CaseState.ENTERED
    assert len(city.records()) == 1
    assert any("失敗したとき" in a.name for a in city.store.attachments(refused))


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("new_address", "宮城県つばさ市若葉町1丁目2番3号 " + "長" * 21, "MB-E403"),
        ("domicile", "香川県みどり市" + "長" * 40, "MB-E403"),
        ("remarks", "長" * 31, "MB-E404"),
        ("mover1_name", "𠮷田 久美", "MB-E408"),
        ("mover1_name", "榎戸久美", "MB-E401"),
        ("mover1_my_number", "123456789012", "MB-E401"),
    ],
)
def test_a_value_that_does_not_fit_goes_to_a_person(
    city: City, move_in: Values, field: str, value: str, expected: str
) -> None:
    case_id = city.approve({**move_in, field: value})
    assert city.run().exit_code == ExitCode.NEEDS_PERSON
    assert (city.case(case_id).state, code(city, case_id)) == (CaseState.FLAGGED, expected)
    assert city.records() == []


def test_a_resident_who_is_not_found_goes_to_a_person(city: City, move_within: Values) -> None:
    case_id = city.approve({**move_within, "mover1_birth_date": "1961-02-04"})
    city.run()
    assert (city.case(case_id).state, code(city, case_id)) == (CaseState.FLAGGED, "MB-E401")
    assert city.records() == []


def test_what_was_entered_by_hand_is_not_entered_again(city: City, move_in: Values) -> None:
    city.approve(move_in)
    city.run()
    second = city.approve({**move_in, "remarks": "同じ異動の二枚目"})
    result = city.run()
    assert result.exit_code == ExitCode.NEEDS_PERSON
    assert (city.case(second).state, code(city, second)) == (CaseState.FLAGGED, "MB-E407")
    assert len(city.records()) == 1


def test_the_system_dies_while_typing(city: City, move_in: Values, move_within: Values) -> None:
    first, second = city.approve(move_in), city.approve(move_within)
    city.plan_trouble(trouble("/ido/idosha", "die"))
    result = city.run()
    assert result.exit_code == ExitCode.OUTSIDE_MISSING
    assert result.error is not None
    assert result.error.code == "MB-E451"
    assert city.case(first).state is CaseState.TYPING
    assert city.case(second).state is CaseState.READY
    assert city.records() == []

    city.plan_trouble()
    city.start_core_system()
    assert city.run().exit_code == ExitCode.DONE
    assert len(city.records()) == 2


def test_the_system_dies_after_the_commit(city: City, move_in: Values) -> None:
    case_id = city.approve(move_in)
    city.plan_trouble(trouble("/ido/confirm", "die_after_commit"))
    assert city.run().exit_code == ExitCode.OUTSIDE_MISSING
    assert city.case(case_id).state is CaseState.SUBMITTING
    assert len(city.records()) == 1

    city.plan_trouble()
    city.start_core_system()
    assert city.run().exit_code == ExitCode.DONE
    assert city.case(case_id).state is CaseState.ENTERED
    assert city.case(case_id).receipt_no == city.records()[0].receipt_no
    assert len(city.records()) == 1


def test_the_system_dies_at_the_commit(city: City, move_in: Values) -> None:
    case_id = city.approve(move_in)
    city.plan_trouble(trouble("/ido/confirm", "die"))
    assert city.run().exit_code == ExitCode.OUTSIDE_MISSING
    assert city.case(case_id).state is CaseState.SUBMITTING

    city.plan_trouble()
    city.start_core_system()
    assert city.run().exit_code == ExitCode.NEEDS_PERSON
    assert (city.case(case_id).state, code(city, case_id)) == (CaseState.FLAGGED, "MB-E406")
    assert city.records() == []


def test_an_answer_of_500_to_the_last_click_is_looked_up(city: City, move_in: Values) -> None:
    case_id = city.approve(move_in)
    city.plan_trouble(trouble("/ido/confirm", "http500"))
    assert city.run().exit_code == ExitCode.NEEDS_PERSON
    assert (city.case(case_id).state, code(city, case_id)) == (CaseState.FLAGGED, "MB-E406")
    assert city.records() == []


def test_an_outage_stops_the_run(city: City, move_in: Values) -> None:
    case_id = city.approve(move_in)
    city.plan_trouble(trouble("/ido/todoke", "http500", times=100))
    result = city.run()
    assert result.exit_code == ExitCode.OUTSIDE_MISSING
    assert result.error is not None
    assert result.error.code == "MB-E451"
    assert city.case(case_id).state in (CaseState.READY, CaseState.TYPING)


def test_a_refused_account_stops_the_run(city: City, move_in: Values, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = city.approve(move_in)
    monkeypatch.setenv("MUNIBOTS_PASSWORD_DEMO_JUMIN", "wrong-one")
    result = city.run()
    assert result.exit_code == ExitCode.OUTSIDE_MISSING
    assert result.error is not None
    assert result.error.code == "MB-E452"
    assert city.case(case_id).state is CaseState.READY


def test_a_core_system_that_is_not_there_stops_the_run(city: City, move_in: Values) -> None:
    case_id = city.approve(move_in)
    city.core.stop()
    result = city.run()
    assert result.exit_code == ExitCode.OUTSIDE_MISSING
    assert result.error is not None
    assert result.error.code == "MB-E451"
    assert city.case(case_id).state is CaseState.READY


@pytest.mark.parametrize("method", ["look_up", "fill", "compare_confirmation"])
def test_something_unforeseen_flags_the_case_and_the_next_one_is_entered(
    city: City, move_in: Values, move_within: Values, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stumbled, entered = city.approve(move_in), city.approve(move_within)
    original = getattr(CoreSystem, method)

    def stumble(core: CoreSystem, flow: Flow, entry: EntryValues) -> Any:
        if entry.case_id == stumbled:
            raise KeyError(entry.text("mover1_name"))
        return original(core, flow, entry)

    monkeypatch.setattr(CoreSystem, method, stumble)
    result = city.run(log_level="TRACE")
    assert result.exit_code == ExitCode.NEEDS_PERSON
    assert (city.case(stumbled).state, code(city, stumbled)) == (CaseState.FLAGGED, "MB-E001")
    assert "KeyError" in str(city.case(stumbled).problem)
    assert "榎戸" not in str(city.case(stumbled).problem) + result.output.read_text(encoding="utf-8")
    assert city.case(entered).state is CaseState.ENTERED
