"""Core systems 基幹システム as data: their screens, what is written where, and the way through them.

A :class:`System` knows nothing of any city and nothing of Python callers: it is what a vendor's manual says, so that another
vendor is another YAML file. Field names (``mover1_kana``) are those of the form; locators point to elements of the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Literal, Self, cast

__all__ = [
    "Button",
    "Compare",
    "Convert",
    "Flow",
    "FlowStep",
    "HitList",
    "Inquiry",
    "Locator",
    "Login",
    "Match",
    "Screen",
    "ScreenField",
    "ShownField",
    "Signs",
    "System",
    "Write",
]

How = Literal["id", "name", "css", "xpath"]
_HOWS = ("id", "name", "css", "xpath")


@dataclass(frozen=True, slots=True)
class Locator:
    """A pointer to an element of a page, written ``id:…``, ``name:…``, ``css:…`` or ``xpath:…``."""

    how: How
    text: str

    @classmethod
    def parse(cls, written: str) -> Self:
        """Read a locator.

        Raises:
            ValueError: None of the four kinds, or nothing behind the colon.
        """
        how, colon, text = written.partition(":")
        if how not in _HOWS or not colon or not text.strip():
            raise ValueError(written)
        return cls(cast("How", how), text.strip())

    def __str__(self) -> str:
        return f"{self.how}:{self.text}"


class Write(StrEnum):
    """How a value is written on a screen."""

    TEXT = "text"
    """Typed into one box."""
    SELECT = "select"
    """Chosen in a list by the code that ``codes`` gives for the value."""
    RADIO = "radio"
    """One button a value: ``at`` maps values to locators."""
    ERA_DATE = "era_date"
    """A list of eras and boxes for year, month and day: ``at`` has ``era``, ``year``, ``month``, ``day``."""
    SPLIT = "split"
    """Typed into several boxes: ``pattern`` is a regular expression with one group a box."""


class Convert(StrEnum):
    """A change of the text before it is written or compared; several are applied in order."""

    HALF_KANA = "half_kana"
    """Kana to half-width katakana, gaps to one half-width blank (ﾔﾏﾀﾞ ﾀﾛｳ)."""
    FULL_KANA = "full_kana"
    """Kana to full-width katakana."""
    FULL_SPACE = "full_space"
    """Gaps to one full-width blank (山田　太郎)."""
    DIGITS = "digits"
    """Only the digits."""
    DATE8 = "date8"
    """An ISO date as YYYYMMDD."""
    LOT = "lot"
    """An address without the building."""
    BUILDING = "building"
    """The building (方書) of an address."""


class Compare(StrEnum):
    """How a text that a screen shows is compared with the case."""

    EXACT = "exact"
    """Character by character; blanks at the ends do not count."""
    DATE = "date"
    """As a day of the calendar: 令和08年04月01日 is 2026-04-01."""
    DIGITS = "digits"
    """Only the digits."""


@dataclass(frozen=True, slots=True)
class ScreenField:
    """Where and how one value of the form is written.

    Attributes:
        value: Field name of the form.
        at: One locator for ``text`` and ``select``; one a box for ``split``; era, year, month, day for ``era_date``; empty for
            ``radio``.
        choices: For ``radio``: the button of each value.
        codes: For ``select``: value to code; for ``era_date``: kanji of the era to code.
        pattern: For ``split``.
        pad: For ``era_date``: digits of year, month and day; 0 leaves them as they are.
        max_length: Characters that a box holds; a longer value is refused before typing.
        encoding: Character set of the target, if narrower than the system's.
        group_no: Row from 1 of a repeated group; a row without any value is left alone.
    """

    value: str
    write: Write
    at: tuple[Locator, ...]
    choices: Mapping[str, Locator] = field(default_factory=lambda: MappingProxyType({}))
    convert: tuple[Convert, ...] = ()
    codes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    pattern: str | None = None
    pad: int = 0
    max_length: int | None = None
    encoding: str | None = None
    group_no: int | None = None

    @property
    def locators(self) -> tuple[Locator, ...]:
        """Every element of the field."""
        return (*self.at, *self.choices.values())


@dataclass(frozen=True, slots=True)
class ShownField:
    """Where a screen shows a value, for comparing it with the case; ``codes`` translate the value into what is shown."""

    value: str
    at: Locator
    convert: tuple[Convert, ...] = ()
    codes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    compare: Compare = Compare.EXACT
    group_no: int | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press.

    Attributes:
        commit: The last click: what cannot be undone. Only the fence may press it.
        dialog: A dialog of the browser follows; ``accept`` answers OK, ``dismiss`` answers Cancel.
    """

    at: Locator
    commit: bool = False
    dialog: Literal["accept", "dismiss"] | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A cell of a row that must agree with the case; ``at`` is looked for inside the row."""

    value: str
    at: Locator
    convert: tuple[Convert, ...] = ()
    codes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    compare: Compare = Compare.EXACT


@dataclass(frozen=True, slots=True)
class HitList:
    """The hits of a search.

    Attributes:
        rows: Each row of the list.
        none: What is shown when nothing was found.
        match: Cells that must agree with the case, for a row to count.
        pick: What to press in the row to choose or to open it.
        receipt_no: Where the row shows the receipt number.
        too_many: What is shown when the list was cut; then it proves nothing.
    """

    rows: Locator
    none: Locator
    match: tuple[Match, ...] = ()
    pick: Locator | None = None
    receipt_no: Locator | None = None
    too_many: Locator | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """A page of the core system.

    Attributes:
        id: Name within the system.
        shown_when: An element that is visible on this screen only.
        path: Where it opens directly, below the system's address.
        fields: What is written, in the order of writing.
        shows: What it shows of the case (confirm and detail screens).
        personal: More elements with personal data, covered on screenshots besides ``fields``, ``shows`` and ``hits``.
    """

    id: str
    name_ja: str
    shown_when: Locator
    path: str | None = None
    fields: tuple[ScreenField, ...] = ()
    shows: tuple[ShownField, ...] = ()
    buttons: Mapping[str, Button] = field(default_factory=lambda: MappingProxyType({}))
    hits: HitList | None = None
    personal: tuple[Locator, ...] = ()

    @property
    def covered(self) -> tuple[Locator, ...]:
        """Every element to be covered on a screenshot."""
        rows = () if self.hits is None else (self.hits.rows,)
        written = tuple(at for f in self.fields for at in f.locators)
        return (*written, *(s.at for s in self.shows), *rows, *self.personal)


@dataclass(frozen=True, slots=True)
class FlowStep:
    """One screen of the way: its fields are written, a hit is picked if the screen lists hits, a button is pressed.

    Attributes:
        when: The step is taken only if each field named has one of the values.
    """

    screen: str
    press: str
    when: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Inquiry:
    """Looking up what is registered, by the natural key of a case.

    Attributes:
        screen: Search screen; its fields are the natural key.
        press: Button that searches.
        hits: Screen that lists the hits; its ``hits.pick`` opens one.
        detail: Screen whose ``shows`` are compared with the case.
    """

    screen: str
    press: str
    hits: str
    detail: str


@dataclass(frozen=True, slots=True)
class Flow:
    """The way of one form through the system.

    Attributes:
        start: Path that begins a new entry, below the system's address.
        confirm: Screen that shows all before the last click.
        commit: Its button that registers.
        done: Screen after the last click.
        receipt_no: Where the done screen shows the receipt number.
    """

    form_id: str
    start: str
    steps: tuple[FlowStep, ...]
    confirm: str
    commit: str
    done: str
    receipt_no: Locator
    inquiry: Inquiry


@dataclass(frozen=True, slots=True)
class Login:
    """Signing in: screen, boxes, button, and the screen that shows that it worked."""

    screen: str
    user: Locator
    password: Locator
    press: str
    home: str


@dataclass(frozen=True, slots=True)
class Signs:
    """How the system says that something is wrong.

    Attributes:
        errors: Messages that the input is refused.
        session_lost: The session has ended; the login screen always says so too.
        broken: A page that says that the system itself failed; an answer of 5xx always says so too.
    """

    errors: tuple[Locator, ...] = ()
    session_lost: tuple[Locator, ...] = ()
    broken: tuple[Locator, ...] = ()


@dataclass(frozen=True, slots=True)
class System:
    """A core system product.

    Attributes:
        encoding: Python name of the character set that it can hold (``cp932``); ``None``: all of Unicode.
        saves_before_submit: It keeps something before the last click, so that a broken-off entry cannot simply begin anew.
        flows: By form id.
    """

    id: str
    name_ja: str
    screens: Mapping[str, Screen]
    flows: Mapping[str, Flow]
    login: Login
    signs: Signs = field(default_factory=Signs)
    encoding: str | None = None
    saves_before_submit: bool = True

    def screen(self, screen_id: str) -> Screen:
        """The screen of this name.

        Raises:
            KeyError: The system has no such screen.
        """
        return self.screens[screen_id]
