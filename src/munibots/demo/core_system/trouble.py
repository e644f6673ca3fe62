"""A switch that makes this system fail on purpose, so that robots can be tested against a failing system."""

import asyncio
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Kind = Literal["http500", "logout", "validation", "die", "die_after_commit", "slow"]
KINDS: Final = frozenset(get_args(Kind))
EXIT_CODE: Final = 70
"""Exit code of a process that died on purpose."""


class TroubleFileError(ValueError):
    """The trouble file is not a list of items as the README describes."""


@dataclass(slots=True)
class TroubleItem:
    """One planned failure and how far it has counted.

    Attributes:
        path: Exact path of the request.
        method: HTTP method.
        kind: What happens.
        times: How many matching requests fail.
        after: How many matching requests pass before the first failure.
        seconds: Waiting time of kind ``slow``, in seconds.
        seen: Matching requests so far.
    """

    path: str
    method: str
    kind: Kind
    times: int = 1
    after: int = 0
    seconds: float = 2.0
    seen: int = 0

    def strikes(self, path: str, method: str) -> bool:
        """Count a request; whether it is one of those that must fail."""
        if (path, method) != (self.path, self.method):
            return False
        self.seen += 1
        return self.after < self.seen <= self.after + self.times


class TroublePlan:
    """The items of a trouble file. A file that changes starts counting anew; a missing file is an empty plan."""

    def __init__(self, path: Path) -> None:
        """Remember ``path``; it need not exist yet."""
        self._path = path
        self._text = ""
        self._items: list[TroubleItem] = []

    def strike(self, path: str, method: str) -> list[TroubleItem]:
        """Return the items that fail this request, in file order.

        Raises:
            TroubleFileError: The file exists but cannot be understood.
        """
        try:
            text = self._path.read_text(encoding="utf-8")
        except FileNotFoundError:
            text = ""
        if text != self._text:
            self._items = _parse(text)
            self._text = text
        return [item for item in self._items if item.strikes(path, method)]


def _parse(text: str) -> list[TroubleItem]:
    if not text.strip():
        return []
    try:
        items = [TroubleItem(**entry) for entry in json.loads(text)]
    except (json.JSONDecodeError, TypeError) as error:
        raise TroubleFileError(f"trouble file: {error}") from error
    for item in items:
        if item.kind not in KINDS:
            raise TroubleFileError(f"trouble file: unknown kind {item.kind}")
    return items


class TroubleMiddleware:
    """ASGI middleware that carries out a :class:`TroublePlan`."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        plan: TroublePlan,
        error_page: Callable[[Request], Response],
        sign_out: Callable[[Request], Response],
    ) -> None:
        """Wrap ``app``.

        Args:
            app: The application behind.
            plan: What fails when.
            error_page: Makes the vendor's page for status 500.
            sign_out: Drops the session of a request and makes the redirect to the login screen.
        """
        self._app = app
        self._plan = plan
        self._error_page = error_page
        self._sign_out = sign_out

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, with or without trouble."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        for item in self._plan.strike(scope["path"], scope["method"]):
            if item.kind == "slow":
                await asyncio.sleep(item.seconds)
            elif item.kind == "validation":
                scope.setdefault("state", {})["business_error"] = True
            elif item.kind == "die":
                os._exit(EXIT_CODE)
            elif item.kind == "die_after_commit":
                send = _die_instead_of_answering
            else:
                respond = self._error_page if item.kind == "http500" else self._sign_out
                await respond(Request(scope))(scope, receive, send)
                return
        await self._app(scope, receive, send)


async def _die_instead_of_answering(_message: Message) -> None:
    # The handler has returned its response by now, so whatever it registers is committed.
    os._exit(EXIT_CODE)
