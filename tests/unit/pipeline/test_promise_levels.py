"""Who says the level in force."""

from __future__ import annotations

from types import MappingProxyType

from munibots.domain.form import FieldType
from munibots.domain.profile import Profile
from munibots.domain.promise import NEVER, OVERALL, REGISTER, LevelChange, LevelOrigin
from munibots.pipeline.promise_levels import KINDS_JA, Level, levels, levels_in_force
from munibots.reading.calibration import load_calibration

CITY = Profile("demo", "デモ市")
SHIPPED = load_calibration().accept_at(FieldType.DATE) or 0.0
HERE = load_calibration().data_hash


def change(accept_at: float, origin: LevelOrigin, seq: int, kind: str = "date", calibration: str = HERE) -> LevelChange:
    return LevelChange("demo", kind, accept_at, origin, 100, 3, None, calibration, seq=seq)


def test_the_shipped_calibration_says_it_first() -> None:
    found = levels(CITY)
    assert found["date"] == Level(SHIPPED, LevelOrigin.SHIPPED)
    assert found["name"] == Level(NEVER, LevelOrigin.SHIPPED)
    assert found[REGISTER].accept_at == 0.0


def test_then_the_profile_then_the_store() -> None:
    city = Profile("demo", "デモ市", accept_at=MappingProxyType({"date": 0.93}))
    assert levels(city)["date"] == Level(0.93, LevelOrigin.PROFILE)
    raised = change(0.99999, LevelOrigin.TIGHTENED, 3)
    assert levels(city, [raised])["date"] == Level(0.99999, LevelOrigin.TIGHTENED, 3)
    lowered = change(0.9, LevelOrigin.RECALIBRATED, 4)
    assert levels(city, [raised, lowered])["date"] == Level(0.9, LevelOrigin.RECALIBRATED, 4)


def test_a_tightened_level_never_loosens_what_the_profile_says() -> None:
    city = Profile("demo", "デモ市", accept_at=MappingProxyType({"date": NEVER}))
    assert levels(city, [change(0.99, LevelOrigin.TIGHTENED, 3)])["date"] == Level(NEVER, LevelOrigin.PROFILE, 3)


def test_a_recalibrated_level_ends_with_the_model_that_it_was_found_on() -> None:
    old = change(0.9, LevelOrigin.RECALIBRATED, 2, calibration="older")
    assert levels(CITY, [old])["date"] == Level(SHIPPED, LevelOrigin.SHIPPED, 2)


def test_a_reading_goes_by_them_all() -> None:
    in_force = levels_in_force(
        CITY, [change(0.99999, LevelOrigin.TIGHTENED, 3), change(NEVER, LevelOrigin.TIGHTENED, 7, REGISTER)]
    )
    assert in_force.seq == 7
    assert (in_force.accept_at["date"], in_force.accept_at[REGISTER]) == (0.99999, NEVER)
    assert levels_in_force(CITY).seq == 0


def test_every_kind_has_a_name() -> None:
    assert set(KINDS_JA) == {*FieldType, REGISTER, OVERALL}
