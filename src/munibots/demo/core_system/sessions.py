"""Signed-in operators: random session ids in a cookie, everything else in the server's memory."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from munibots.demo.core_system.draft import Draft

COOKIE: Final = "JKSESSIONID"


@dataclass(slots=True)
class Session:
    """One signed-in operator.

    Attributes:
        session_id: Value of the cookie.
        shokuin_no: 職員番号.
        shimei: Name shown in the header.
        last_used_s: Clock reading of the last request.
        draft: The 異動 being typed.
    """

    session_id: str
    shokuin_no: str
    shimei: str
    last_used_s: float
    draft: Draft = field(default_factory=Draft)


class Sessions:
    """All sessions of this process; they end with it, after ``idle_limit_s`` without a request, or at logout."""

    def __init__(self, idle_limit_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin without sessions; ``clock`` returns seconds."""
        self._idle_limit_s = idle_limit_s
        self._clock = clock
        self._sessions: dict[str, Session] = {}

    def open(self, shokuin_no: str, shimei: str) -> Session:
        """Sign an operator in under a new random id."""
        session = Session(secrets.token_urlsafe(24), shokuin_no, shimei, self._clock())
        self._sessions[session.session_id] = session
        return session

    def use(self, session_id: str) -> Session | None:
        """Return a live session and note the time, or None when it is unknown or was idle too long."""
        session = self._sessions.get(session_id)
        if session is None:
            return None
        now_s = self._clock()
        if now_s - session.last_used_s > self._idle_limit_s:
            self.drop(session_id)
            return None
        session.last_used_s = now_s
        return session

    def drop(self, session_id: str) -> None:
        """End a session; its draft is lost."""
        self._sessions.pop(session_id, None)
