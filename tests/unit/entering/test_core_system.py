"""Walking the screens, on a driver of paper: what each answer of the system leads to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from munibots.definitions.system_files import load_system
from munibots.domain.screen import Locator
from munibots.entering.core_system import Account, CoreSystem
from munibots.entering.drivers.protocol import (
    BrowserGoneSignal,
    NotShownSignal,
    PageState,
    ScreenDriver,
    UnreachableSignal,
)
from munibots.entering.plan import Action, EntryValues
from munibots.errors import (
    CommitWithoutFenceError,
    CoreSystemRefusedError,
    CoreSystemUnreachableError,
    EntryDoubtError,
    FieldReadBackError,
    LoginFailedError,
    MunibotsError,
    ScreenNotFoundError,
    SessionLostError,
)

SYSTEM = load_system("demo_jumin")
FLOW = SYSTEM.flows["juminido"]
ENTRY = EntryValues(
    "C-1",
    {
        "movement_kind": "転居",
        "movement_date": "2026-10-15",
        "mover1_kana": "カンノ シロウ",
        "mover1_birth_date": "1961-02-03",
    },
    {"mover1_kana": "異動者1 ふりがな"},
)
ERRORS = SYSTEM.signs.errors[0]
Rows = tuple[tuple[str | None, ...], ...]


class PaperDriver:
    """Shows what the test says; a box holds what was written into it, cut to ``keeps`` characters."""

    def __init__(self) -> None:
        self.shown: set[Locator] = set()
        self.after: dict[Locator, Callable[[], None]] = {}
        self.pressed: list[Locator] = []
        self.boxes: dict[Locator, str] = {}
        self.rows: Rows = ()
        self.status, self.reachable, self.keeps = 200, True, 99
        self.opened = 0

    def open(self) -> None:
        self.opened += 1

    def go_to(self, url: str) -> None:
        path = url.removeprefix("http://core")
        here = {"/login": "login", "/inquiry": "shokai", "/ido/new": "todoke"}[path]
        self.show(here)

    def show(self, *screens: str) -> None:
        self.shown = {SYSTEM.screen(s).shown_when for s in screens}

    def write(self, actions: Sequence[Action]) -> None:
        self.boxes |= {a.at: a.held[: self.keeps] for a in actions}

    def press(self, at: Locator, **_: Any) -> None:
        self.pressed.append(at)
        self.after.get(at, lambda: None)()

    def read(self, elements: Sequence[Locator]) -> tuple[str | None, ...]:
        return tuple(self.boxes.get(at) for at in elements)

    def read_rows(self, rows: Locator, cells: Sequence[Locator]) -> Rows:
        return self.rows

    def state(self, elements: Sequence[Locator]) -> PageState:
        return PageState(tuple(at in self.shown for at in elements), self.status, self.reachable)

    def screenshot(self, path: Path, *, cover: Sequence[Locator]) -> bool:
        return bool(cover)

    def close(self) -> None:
        self.shown = set()


@pytest.fixture
def driver() -> PaperDriver:
    made = PaperDriver()
    made.after[Locator("id", "btnLogin")] = lambda: made.show("menu")
    return made


@pytest.fixture
def core(driver: PaperDriver) -> CoreSystem:
    used: ScreenDriver = driver
    return CoreSystem(SYSTEM, "http://core/", used, Account("robot", "secret"), wait_s=0.05)


def search_shows(driver: PaperDriver, *screens: str) -> None:
    driver.after[Locator("id", "btnKensaku")] = lambda: driver.show(*screens)


def test_signing_in_once(core: CoreSystem, driver: PaperDriver) -> None:
    core.sign_in()
    core.sign_in()
    assert driver.opened == 1
    assert driver.boxes[SYSTEM.login.user] == "robot"
    assert "secret" not in repr(Account("robot", "secret"))


def test_a_refused_account(core: CoreSystem, driver: PaperDriver) -> None:
    driver.after[Locator("id", "btnLogin")] = lambda: driver.shown.add(ERRORS)
    with pytest.raises(LoginFailedError):
        core.sign_in()


def test_a_login_that_goes_nowhere(core: CoreSystem, driver: PaperDriver) -> None:
    driver.after.clear()
    with pytest.raises(LoginFailedError):
        core.sign_in()


def test_the_last_click_is_not_reached_by_press(core: CoreSystem, driver: PaperDriver) -> None:
    core.sign_in()
    core._screen = SYSTEM.screen("kakunin")
    with pytest.raises(CommitWithoutFenceError):
        core.press("register", then="kanryo")
    assert Locator("id", "btnToroku") not in driver.pressed


def test_hits_that_agree_are_receipts(core: CoreSystem, driver: PaperDriver) -> None:
    search_shows(driver, "shokai_hits")
    driver.rows = (
        ("転居", "令和08年10月15日", "R08-000001"),
        ("転出", "令和08年10月15日", "R08-000002"),
        ("転居", "令和08年10月16日", "R08-000003"),
    )
    assert core.look_up(FLOW, ENTRY) == ("R08-000001",)
    assert driver.boxes[Locator("id", "txtKanaShimei")] == "ｶﾝﾉ ｼﾛｳ"


def test_no_hits(core: CoreSystem, driver: PaperDriver) -> None:
    hits = SYSTEM.screen("shokai_hits").hits
    assert hits is not None
    driver.after[Locator("id", "btnKensaku")] = lambda: driver.shown.add(hits.none)
    assert core.look_up(FLOW, ENTRY) == ()


def test_a_list_that_was_cut_proves_nothing(core: CoreSystem, driver: PaperDriver) -> None:
    hits = SYSTEM.screen("shokai_hits").hits
    assert hits is not None
    assert hits.too_many is not None
    cut = hits.too_many
    driver.after[Locator("id", "btnKensaku")] = lambda: driver.shown.update({cut, Locator("id", "tblKekka")})
    with pytest.raises(EntryDoubtError):
        core.look_up(FLOW, ENTRY)


def test_a_search_without_the_whole_key_is_refused(core: CoreSystem, driver: PaperDriver) -> None:
    with pytest.raises(CoreSystemRefusedError, match="異動者1 ふりがな"):
        core.look_up(FLOW, EntryValues("C-1", {**ENTRY.values, "mover1_kana": None}, ENTRY.labels))
    assert driver.pressed == []


def test_a_box_that_cuts_is_found(core: CoreSystem, driver: PaperDriver) -> None:
    driver.keeps = 3
    with pytest.raises(FieldReadBackError, match="異動者1 ふりがな") as caught:
        core.look_up(FLOW, ENTRY)
    assert "ｶﾝﾉ" not in str(caught.value)
    assert driver.pressed == []


@pytest.mark.parametrize(
    ("happens", "error"),
    [
        (lambda d: d.shown.add(ERRORS), CoreSystemRefusedError),
        (lambda d: d.show("login"), SessionLostError),
        (lambda d: d.shown.clear(), ScreenNotFoundError),
        (lambda d: setattr(d, "status", 503), SessionLostError),
        (lambda d: d.shown.add(SYSTEM.signs.broken[0]), SessionLostError),
        (lambda d: setattr(d, "reachable", False), CoreSystemUnreachableError),
    ],
)
def test_answers_of_the_system(
    core: CoreSystem, driver: PaperDriver, happens: Callable[[PaperDriver], None], error: type[MunibotsError]
) -> None:
    core.sign_in()
    driver.after[Locator("id", "btnKensaku")] = lambda: happens(driver)
    with pytest.raises(error):
        core.look_up(FLOW, ENTRY)


def test_a_message_is_named_by_its_code_only(core: CoreSystem, driver: PaperDriver) -> None:
    core.sign_in()
    driver.boxes[ERRORS] = "JKW0142-E 菅野四郎は入力できません。"
    driver.after[Locator("id", "btnKensaku")] = lambda: driver.shown.add(ERRORS)
    with pytest.raises(CoreSystemRefusedError, match="JKW0142-E") as caught:
        core.look_up(FLOW, ENTRY)
    assert "菅野" not in str(caught.value)


@pytest.mark.parametrize(
    ("signal", "error"),
    [
        (NotShownSignal(Locator("id", "btnKensaku")), ScreenNotFoundError),
        (UnreachableSignal("net"), CoreSystemUnreachableError),
        (BrowserGoneSignal("gone"), SessionLostError),
    ],
)
def test_signals_of_the_driver(
    core: CoreSystem, driver: PaperDriver, signal: Exception, error: type[MunibotsError]
) -> None:
    core.sign_in()

    def fail() -> None:
        raise signal

    driver.after[Locator("id", "btnKensaku")] = fail
    with pytest.raises(error):
        core.look_up(FLOW, ENTRY)
    core.sign_in()
    # A browser that went away is started anew.
    assert driver.opened == (2 if isinstance(signal, BrowserGoneSignal) else 1)


def test_failures_in_a_row_are_an_outage(core: CoreSystem, driver: PaperDriver) -> None:
    driver.after[Locator("id", "btnKensaku")] = lambda: setattr(driver, "status", 500)
    errors = []
    for _ in range(3):
        driver.status = 200
        core.sign_in()
        with pytest.raises(MunibotsError) as caught:
            core.look_up(FLOW, ENTRY)
        errors.append(type(caught.value))
    assert errors == [SessionLostError, SessionLostError, CoreSystemUnreachableError]


@pytest.mark.parametrize("rows", [(), ((), ())])
def test_a_resident_who_is_not_just_one_goes_to_a_person(core: CoreSystem, driver: PaperDriver, rows: Rows) -> None:
    driver.rows = rows
    search_shows(driver, "taisho_hits")
    driver.after[Locator("id", "btnTsugi")] = lambda: driver.show("taisho_search")
    core.start(FLOW, ENTRY)
    with pytest.raises(CoreSystemRefusedError, match="対象者"):
        core.fill(FLOW, ENTRY)
    assert Locator("id", "btnSetaiKettei") not in driver.pressed


def test_a_picture_covers_every_screen(core: CoreSystem) -> None:
    assert not core.screenshot(Path("x.png"))
    core.sign_in()
    assert core.screenshot(Path("x.png"))
