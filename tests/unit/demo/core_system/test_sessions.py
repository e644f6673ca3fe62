"""Sessions end after idleness."""

from __future__ import annotations

from munibots.demo.core_system.sessions import Sessions


def test_a_used_session_lives_and_an_idle_one_ends() -> None:
    now_s = [0.0]
    sessions = Sessions(60, clock=lambda: now_s[0])
    session = sessions.open("rpa01", "一号")
    for now_s[0] in (59.0, 118.0, 177.0):
        assert sessions.use(session.session_id) is session
    now_s[0] = 238.0
    assert sessions.use(session.session_id) is None
    now_s[0] = 0.0
    assert sessions.use(session.session_id) is None


def test_ids_differ_and_a_dropped_session_is_unknown() -> None:
    sessions = Sessions(60)
    first, second = sessions.open("a", ""), sessions.open("a", "")
    assert first.session_id != second.session_id
    sessions.drop(first.session_id)
    assert sessions.use(first.session_id) is None
    assert sessions.use(second.session_id) is second
