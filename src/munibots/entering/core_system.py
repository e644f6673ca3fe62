"""Walking a core system's screens for one case: sign in, fill, confirm, the last click, and reading back.

Drives any :class:`~munibots.entering.drivers.protocol.ScreenDriver` by what a ``system.yaml`` says. What goes wrong becomes one
of four things: the system refuses the input, the session is lost, the screen is not as described, or the system is not there.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Final

from munibots.domain.screen import Flow, Inquiry, Locator, Screen, System
from munibots.entering.drivers.protocol import (
    BrowserGoneSignal,
    NotShownSignal,
    PageState,
    ScreenDriver,
    UnreachableSignal,
)
from munibots.entering.fence import Fence, Ticket
from munibots.entering.plan import (
    Action,
    ActionKind,
    EntryValues,
    agrees,
    expected_text,
    plan_screen,
    plan_shown,
    steps_for,
)
from munibots.errors import (
    CommitWithoutFenceError,
    ConfirmMismatchError,
    CoreSystemRefusedError,
    CoreSystemUnreachableError,
    EntryDoubtError,
    FieldReadBackError,
    LoginFailedError,
    ScreenNotFoundError,
    SessionLostError,
)

__all__ = ["Account", "CoreSystem"]

_POLL_S: Final = 0.03
_BROKEN_LIMIT: Final = 3
_LOST_LIMIT: Final = 6
# A message's own code may be repeated in our error; its text may hold a value and may not.
_MESSAGE_CODE: Final = re.compile(r"[A-Z]{2,}[A-Z0-9]*-?\d{3,}(?:-[A-Z])?")


@dataclass(frozen=True, slots=True)
class Account:
    """How the robot signs in; ``setting`` names where the password is set, for messages."""

    user: str
    password: str = field(repr=False)
    setting: str = ""


class CoreSystem:
    """One core system, seen through one driver.

    Args:
        system: What the screens are.
        url: Where this city's installation is.
        driver: Closed; it is opened by :meth:`sign_in`.
        wait_s: How long a screen may take to appear.
    """

    def __init__(
        self, system: System, url: str, driver: ScreenDriver, account: Account, *, wait_s: float = 15.0
    ) -> None:
        self.system = system
        self._url = url.rstrip("/")
        self._driver = driver
        self._account = account
        self._wait_s = wait_s
        self._open = False
        self._signed_in = False
        self._broken = self._lost = 0
        self._case_id = ""
        self._screen: Screen = system.screen(system.login.screen)
        self._hits: tuple[str, dict[str, int]] = ("", {})

    # --- coming and going -------------------------------------------------------------------------------------------

    def sign_in(self) -> None:
        """Open the driver if need be, and sign in, unless signed in already.

        Raises:
            LoginFailedError: The account is refused.
            CoreSystemUnreachableError: No answer.
            BrowserNotFoundError: Nothing on this machine to do it with.
        """
        while not self._signed_in:
            try:
                self._sign_in_once()
            except SessionLostError:
                continue  # counted: after a few times it is an outage, which ends the run

    def _sign_in_once(self) -> None:
        login = self.system.login
        screen = self.system.screen(login.screen)
        with self._translated(screen):
            if not self._open:
                self._driver.open()
                self._open = True
            self._driver.go_to(self._address(screen.path or "/"))
            self._arrive(screen)
            self._driver.write(
                [
                    Action(ActionKind.FILL, login.user, self._account.user, "利用者"),
                    Action(ActionKind.FILL, login.password, self._account.password, "パスワード"),
                ]
            )
            self._driver.press(screen.buttons[login.press].at)
            try:
                self._arrive(self.system.screen(login.home))
            except (CoreSystemRefusedError, ScreenNotFoundError):
                raise LoginFailedError(system=self.system.name_ja, setting=self._account.setting) from None
        self._signed_in = True

    def close(self) -> None:
        """Close the driver."""
        self._signed_in = self._open = False
        self._driver.close()

    # --- entering ---------------------------------------------------------------------------------------------------

    def start(self, flow: Flow, entry: EntryValues) -> None:
        """Begin a new entry: the first screen of the flow, empty."""
        self._case_id = entry.case_id
        self._go_to(flow.start, self.system.screen(steps_for(flow, entry)[0].screen))

    def fill(self, flow: Flow, entry: EntryValues) -> None:
        """Fill screen after screen up to the confirm screen, reading every field back before going on.

        Raises:
            FieldReadBackError: A box does not hold what was typed; names the field.
            CoreSystemRefusedError: The system shows an error of its own, or the resident is not found, or not just one.
            SessionLostError, ScreenNotFoundError, CoreSystemUnreachableError: See the module.
        """
        steps = steps_for(flow, entry)
        following = [*(step.screen for step in steps[1:]), flow.confirm]
        for step, next_id in zip(steps, following, strict=True):
            screen = self.system.screen(step.screen)
            if screen.hits is not None:
                self._pick_the_one(screen, entry)
            self._fill_screen(screen, entry)
            self.press(step.press, then=next_id)

    def _fill_screen(self, screen: Screen, entry: EntryValues) -> None:
        actions = plan_screen(self.system, screen, entry)
        if not actions:
            return
        with self._translated(screen):
            self._driver.write(actions)
            held = self._driver.read([a.at for a in actions])
        for action, text in zip(actions, held, strict=True):
            if text != action.held:
                raise FieldReadBackError(case_id=entry.case_id, screen=screen.name_ja, field=action.field)

    def press(self, button: str, *, then: str) -> None:
        """Press a button of the current screen and wait for the next.

        Raises:
            CommitWithoutFenceError: It is the last click; see :meth:`commit`.
        """
        screen = self._screen
        pressed = screen.buttons[button]
        if pressed.commit:
            raise CommitWithoutFenceError(screen=screen.name_ja, button=button)
        with self._translated(screen):
            self._driver.press(pressed.at, dialog=pressed.dialog)
            self._arrive(self.system.screen(then))

    def _pick_the_one(self, screen: Screen, entry: EntryValues) -> None:
        hits = screen.hits
        if hits is None or hits.pick is None:
            return
        fitting = self._fitting_rows(screen, entry)
        if len(fitting) != 1:
            raise CoreSystemRefusedError(case_id=entry.case_id, screen=screen.name_ja, field="対象者")
        with self._translated(screen):
            self._driver.press(hits.pick, row=fitting[0][0], rows=hits.rows)

    def compare_confirmation(self, flow: Flow, entry: EntryValues) -> None:
        """Compare the confirm screen with the case.

        Raises:
            ConfirmMismatchError: Names the fields that differ.
        """
        differing = self._differing(self.system.screen(flow.confirm), entry)
        if differing:
            raise ConfirmMismatchError(case_id=entry.case_id, field="、".join(differing))

    def commit(self, flow: Flow, entry: EntryValues, fence: Fence, ticket: Ticket) -> str:
        """The last click, through the fence: the only way to it.

        Returns:
            The receipt number that the done screen shows.

        Raises:
            EntryDoubtError: The case is no longer this ticket's; nothing was pressed.
        """
        screen, done = self.system.screen(flow.confirm), self.system.screen(flow.done)
        if self._screen is not screen or ticket.case_id != entry.case_id:
            raise ScreenNotFoundError(screen=screen.name_ja, field=flow.commit)
        button = screen.buttons[flow.commit]

        def press() -> None:
            with self._translated(screen):
                self._driver.press(button.at, dialog=button.dialog)
                self._arrive(done)

        fence.submitting(ticket, press)
        self._broken = self._lost = 0
        with self._translated(done):
            (receipt_no,) = self._driver.read([flow.receipt_no])
        return receipt_no or ""

    # --- reading back -----------------------------------------------------------------------------------------------

    def look_up(self, flow: Flow, entry: EntryValues) -> tuple[str, ...]:
        """Receipt numbers of what is registered under the natural key of this case.

        Raises:
            CoreSystemRefusedError: A part of the key is blank: a search without it would prove nothing.
            EntryDoubtError: The list of hits was cut.
        """
        self._case_id = entry.case_id
        inquiry = flow.inquiry
        search, hits = self.system.screen(inquiry.screen), self.system.screen(inquiry.hits)
        self._check_key(inquiry, entry)
        self._go_to(search.path or "/", search)
        self._fill_screen(search, entry)
        with self._translated(search):
            self._driver.press(search.buttons[inquiry.press].at)
            found = self._arrive(hits, empty_is_answer=True)
        self._hits = (entry.case_id, {})
        if not found:
            return ()
        fitting = self._fitting_rows(hits, entry)
        self._hits = (entry.case_id, {receipt_no: row for row, receipt_no in fitting})
        return tuple(self._hits[1])

    def _check_key(self, inquiry: Inquiry, entry: EntryValues) -> None:
        screen = self.system.screen(inquiry.screen)
        for f in screen.fields:
            if not entry.text(f.value):
                raise CoreSystemRefusedError(case_id=entry.case_id, screen=screen.name_ja, field=entry.label(f.value))

    def saved_differences(self, flow: Flow, entry: EntryValues, receipt_no: str) -> tuple[str, ...]:
        """Open the record of a receipt number and compare it with the case; labels of the fields that differ."""
        hits, detail = self.system.screen(flow.inquiry.hits), self.system.screen(flow.inquiry.detail)
        if self._screen is not hits or self._hits[0] != entry.case_id or receipt_no not in self._hits[1]:
            self.look_up(flow, entry)
        row = self._hits[1].get(receipt_no)
        if row is None or hits.hits is None or hits.hits.pick is None:
            raise EntryDoubtError(case_id=entry.case_id)
        with self._translated(hits):
            self._driver.press(hits.hits.pick, row=row, rows=hits.hits.rows)
            self._arrive(detail)
        return self._differing(detail, entry)

    def _differing(self, screen: Screen, entry: EntryValues) -> tuple[str, ...]:
        expected = plan_shown(screen, entry)
        with self._translated(screen):
            shown = self._driver.read([e.at for e in expected])
        labels = (e.field for e, text in zip(expected, shown, strict=True) if not agrees(text, e.text, e.compare))
        return tuple(dict.fromkeys(labels))

    def _fitting_rows(self, screen: Screen, entry: EntryValues) -> list[tuple[int, str]]:
        """Number from 0 and receipt number of each hit that agrees with the case."""
        hits = screen.hits
        if hits is None:
            return []
        receipt = () if hits.receipt_no is None else (hits.receipt_no,)
        with self._translated(screen):
            rows = self._driver.read_rows(hits.rows, [*(m.at for m in hits.match), *receipt])
        return [
            (no, (cells[-1] or "") if receipt else "")
            for no, cells in enumerate(rows)
            if all(agrees(cell, expected_text(m, entry), m.compare) for m, cell in zip(hits.match, cells, strict=False))
        ]

    # --- where are we -----------------------------------------------------------------------------------------------

    @property
    def screen_name_ja(self) -> str:
        """The screen that was last seen."""
        return self._screen.name_ja

    def screenshot(self, path: Path) -> bool:
        """Save a picture of the screen with everything personal covered.

        The elements of *all* screens are covered: after a failure the screen may be another one than expected.

        Returns:
            False if there is no picture.
        """
        cover = [at for screen in self.system.screens.values() for at in screen.covered]
        return self._open and self._driver.screenshot(path, cover=list(dict.fromkeys(cover)))

    def _address(self, path: str) -> str:
        return self._url + path

    def _go_to(self, path: str, screen: Screen) -> None:
        with self._translated(screen):
            self._driver.go_to(self._address(path))
            self._arrive(screen)

    def _arrive(self, expected: Screen, *, empty_is_answer: bool = False) -> bool:
        """Wait until a screen is shown.

        Returns:
            False if the expected list of hits is empty (only with ``empty_is_answer``).
        """
        login = self.system.screen(self.system.login.screen)
        signs, hits = self.system.signs, expected.hits
        # On the way from or to the login screen its being there says nothing: the page may be the old one still.
        at_login = login in (expected, self._screen)
        lost = () if at_login else (login.shown_when, *signs.session_lost)
        none = () if hits is None else (hits.none,)
        too_many = () if hits is None or hits.too_many is None else (hits.too_many,)
        asked: Sequence[Sequence[Locator]] = (
            (expected.shown_when,),
            lost,
            signs.broken,
            signs.errors,
            none,
            too_many,
        )
        deadline = time.monotonic() + self._wait_s
        while True:
            state = self._driver.state([at for group in asked for at in group])
            here, is_lost, broken, refused, empty, cut = _by_group(state, asked)
            self._check_alive(state, broken)
            where = {"case_id": self._case_id, "screen": expected.name_ja}
            if is_lost:
                raise self._lost_session()
            if refused:
                raise CoreSystemRefusedError(**where, field=self._message_code())
            if cut:
                raise EntryDoubtError(case_id=self._case_id)
            if empty:
                self._screen = expected
                if empty_is_answer:
                    return False
                raise CoreSystemRefusedError(**where, field="対象者")
            if here:
                self._screen = expected
                return True
            if time.monotonic() > deadline:
                raise ScreenNotFoundError(**where, field=str(expected.shown_when))
            time.sleep(_POLL_S)

    def _check_alive(self, state: PageState, broken: bool) -> None:
        if not state.reachable:
            raise UnreachableSignal("net")
        if broken or state.status >= 500:
            raise self._broke_down()

    def _broke_down(self) -> SessionLostError | CoreSystemUnreachableError:
        """The system or the browser failed: once is bad luck, again and again without an entry in between is an outage."""
        self._signed_in = False
        self._broken += 1
        if self._broken >= _BROKEN_LIMIT:
            return CoreSystemUnreachableError(system=self.system.name_ja, url=self._url)
        return SessionLostError(case_id=self._case_id, screen=self._screen.name_ja)

    def _lost_session(self) -> SessionLostError | CoreSystemUnreachableError:
        """Signed out: the same, with more patience."""
        self._signed_in = False
        self._lost += 1
        if self._lost >= _LOST_LIMIT:
            return CoreSystemUnreachableError(system=self.system.name_ja, url=self._url)
        return SessionLostError(case_id=self._case_id, screen=self._screen.name_ja)

    def _message_code(self) -> str:
        shown = self._driver.read(self.system.signs.errors)
        codes = [found[0] for text in shown if (found := _MESSAGE_CODE.search(text or ""))]
        return f"メッセージ {'、'.join(codes)}" if codes else "画面のメッセージ"

    @contextmanager
    def _translated(self, screen: Screen) -> Iterator[None]:
        """The driver's signals to errors that name case and screen."""
        try:
            yield
        except NotShownSignal as signal:
            raise ScreenNotFoundError(case_id=self._case_id, screen=screen.name_ja, field=str(signal.at)) from None
        except UnreachableSignal:
            self._signed_in = False
            raise CoreSystemUnreachableError(system=self.system.name_ja, url=self._url) from None
        except BrowserGoneSignal:
            self.close()
            raise self._broke_down() from None


def _by_group(state: PageState, asked: Sequence[Sequence[Locator]]) -> tuple[bool, ...]:
    ends = list(accumulate(len(group) for group in asked))
    return tuple(any(state.shown[start:end]) for start, end in pairwise([0, *ends]))
