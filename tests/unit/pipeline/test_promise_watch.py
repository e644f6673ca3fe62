"""What happens when people find more errors in the sample than promised."""

from __future__ import annotations

import logging
from types import MappingProxyType

import pytest

from munibots.domain.profile import Profile
from munibots.domain.promise import NEVER, OVERALL, LevelOrigin
from munibots.pipeline.promise_levels import levels, levels_in_force
from munibots.pipeline.promise_watch import KindStatus, broken_promises, level_ja, promise_status, watch_promise
from munibots.stores.case_store import CaseStore

from .promise_cases import CHOICES, DATES, decided_case, field

CITY = Profile("demo", "デモ市", accept_at=MappingProxyType({"date": 0.95, "choice": 0.95}))


def status(store: CaseStore, kind: str, city: Profile = CITY) -> KindStatus:
    (found,) = [s for s in promise_status(store, city) if s.kind == kind]
    return found


def two_wrong_dates(store: CaseStore, no: int = 1, levels_seq: int = 0) -> None:
    values = [field(name, 0.998) for name in DATES[:4]]
    decided_case(store, no, values, sample=DATES[:4], wrong=DATES[:2], levels_seq=levels_seq)


def test_a_kept_promise_changes_nothing(store: CaseStore) -> None:
    decided_case(store, 1, [field(name, 0.98) for name in DATES], sample=DATES)
    assert watch_promise(store, CITY) == ()
    found = status(store, "date")
    assert (found.drawn, found.judged, found.wrong, found.alarm) == (len(DATES), len(DATES), 0, False)
    assert found.e_value < 1
    assert (found.promised, found.accept_at, found.origin) == (0.001, 0.95, LevelOrigin.PROFILE)
    assert status(store, OVERALL).judged == len(DATES)
    assert broken_promises(store) == {}


def test_what_nobody_has_decided_is_drawn_but_not_judged(store: CaseStore) -> None:
    decided_case(store, 1, [field(name, 0.98) for name in DATES], sample=DATES, decided=False)
    found = status(store, "date")
    assert (found.drawn, found.judged, found.e_value) == (len(DATES), 0, 1.0)


def test_a_broken_promise_tightens_the_level_at_once_and_says_so(
    store: CaseStore, caplog: pytest.LogCaptureFixture
) -> None:
    two_wrong_dates(store)
    with caplog.at_level(logging.WARNING):
        (change,) = watch_promise(store, CITY)
    assert (change.kind, change.samples, change.errors) == ("date", 4, 2)
    assert 0.98 < change.accept_at < 1
    assert levels_in_force(CITY, store.level_changes("demo")).accept_at["date"] == change.accept_at
    assert levels(CITY, store.level_changes("demo"))["choice"].accept_at == 0.95
    assert "日付" in caplog.text
    assert "4 項目のうち 2 項目" in caplog.text
    (record,) = store.audit("")
    assert record.event == "promise-broken"
    (alarm,) = broken_promises(store)["demo"]
    assert (alarm.kind, alarm.origin) == ("date", LevelOrigin.TIGHTENED)


def test_what_was_acted_upon_is_not_acted_upon_again(store: CaseStore) -> None:
    two_wrong_dates(store)
    assert watch_promise(store, CITY)
    assert watch_promise(store, CITY) == ()
    assert status(store, "date").judged == 0
    assert status(store, OVERALL).judged == 0


def test_samples_that_were_drawn_under_the_old_level_say_nothing_of_the_new_one(store: CaseStore) -> None:
    two_wrong_dates(store)
    watch_promise(store, CITY)
    two_wrong_dates(store, no=2, levels_seq=0)
    assert watch_promise(store, CITY) == ()


def test_broken_a_second_time_people_see_everything(store: CaseStore) -> None:
    two_wrong_dates(store)
    watch_promise(store, CITY)
    two_wrong_dates(store, no=2, levels_seq=1)
    (change,) = watch_promise(store, CITY)
    assert change.accept_at == NEVER


def test_errors_of_many_kinds_break_the_promise_of_all_together(store: CaseStore) -> None:
    """One error of a kind never does, but two of two kinds do."""
    values = [field(DATES[0], 0.98), field(CHOICES[0], 0.99)]
    decided_case(store, 1, values, sample=[v.name for v in values], wrong=[v.name for v in values])
    assert {c.kind for c in watch_promise(store, CITY)} == {"date", "choice"}
    assert watch_promise(store, CITY) == ()


def test_a_city_may_promise_less(store: CaseStore) -> None:
    two_wrong_dates(store)
    assert watch_promise(store, Profile("demo", "デモ市", promised_error=0.05)) == ()


def test_a_level_is_said_in_words_where_no_number_says_it() -> None:
    assert level_ja(NEVER) == "常に人が見る"
    assert level_ja(0.95) == "0.95"
    assert level_ja(0.0) == "台帳との一致"
    assert level_ja(None) == ""
