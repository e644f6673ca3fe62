"""What is written where: a system, a flow and the values of a case, to single actions on elements. No browser here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from munibots.domain.screen import (
    Compare,
    Convert,
    Flow,
    FlowStep,
    Locator,
    Match,
    Screen,
    ScreenField,
    ShownField,
    System,
    Write,
)
from munibots.errors import CharacterNotRepresentableError, CoreSystemRefusedError, FieldReadBackError
from munibots.japanese.addresses import split_building
from munibots.japanese.eras import InvalidEraDateError, parse_date, to_era
from munibots.japanese.kana import to_katakana
from munibots.japanese.width import digits_only, to_full_kana, to_half_kana

__all__ = [
    "Action",
    "ActionKind",
    "EntryValues",
    "Expectation",
    "agrees",
    "convert",
    "expected_text",
    "plan_screen",
    "plan_shown",
    "steps_for",
    "texts_of",
]

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class EntryValues:
    """The values of one case as they go into a core system.

    Attributes:
        values: By field name of the form; normalised (dates ISO 8601).
        labels: What a field is called in messages, by field name.
    """

    case_id: str
    values: Mapping[str, str | tuple[str, ...] | None] = field(repr=False)
    labels: Mapping[str, str] = field(repr=False)

    def text(self, name: str) -> str:
        """The value of a field as one text; blank: ``""``. Marks are joined by 、."""
        value = self.values.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else "、".join(value)

    def label(self, name: str) -> str:
        """What the field is called in messages."""
        return self.labels.get(name, name)


class ActionKind(StrEnum):
    """What is done to an element."""

    FILL = "fill"
    CHOOSE = "choose"
    TICK = "tick"


@dataclass(frozen=True, slots=True)
class Action:
    """One write on one element; afterwards the element must hold ``text`` (a ticked button: ``true``).

    Attributes:
        field: What the field is called in messages.
    """

    kind: ActionKind
    at: Locator
    text: str = field(repr=False)
    field: str

    @property
    def held(self) -> str:
        """What the element must hold afterwards."""
        return "true" if self.kind is ActionKind.TICK else self.text


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a screen must show of a case at one element."""

    at: Locator
    text: str = field(repr=False)
    field: str
    compare: Compare


def steps_for(flow: Flow, entry: EntryValues) -> tuple[FlowStep, ...]:
    """The steps of a flow that this case takes."""
    return tuple(step for step in flow.steps if all(entry.text(name) in allowed for name, allowed in step.when.items()))


def plan_screen(system: System, screen: Screen, entry: EntryValues) -> tuple[Action, ...]:
    """What is written on one screen, in the order of its fields.

    A blank value clears its boxes; a list or a button is left alone, because no code stands for "nothing". A row of a repeated
    group without any value is expected to be blank as well.

    Raises:
        CharacterNotRepresentableError: The target cannot hold a character of the value.
        CoreSystemRefusedError: A value has no code in this system, or not the form that its boxes need.
        FieldReadBackError: A value is longer than its box.
    """
    return tuple(a for f in screen.fields for a in _actions(system, screen, f, entry))


def _actions(system: System, screen: Screen, f: ScreenField, entry: EntryValues) -> Iterable[Action]:
    label = entry.label(f.value)
    where = {"case_id": entry.case_id, "screen": screen.name_ja, "field": label}
    text = convert(entry.text(f.value), f.convert)
    _check_characters(text, f.encoding or system.encoding, where)
    if f.max_length is not None and len(text) > f.max_length:
        raise FieldReadBackError(**where)
    refused = CoreSystemRefusedError(**where)
    match f.write:
        case Write.TEXT:
            yield Action(ActionKind.FILL, f.at[0], text, label)
        case Write.SPLIT:
            found = re.fullmatch(f.pattern or "", text) if text else None
            if text and found is None:
                raise refused
            parts = found.groups(default="") if found else ("",) * len(f.at)
            for at, part in zip(f.at, parts, strict=True):
                yield Action(ActionKind.FILL, at, part, label)
        case Write.ERA_DATE:
            yield from _era_date(f, text, label, refused)
        case Write.SELECT if text:
            if text not in f.codes:
                raise refused
            yield Action(ActionKind.CHOOSE, f.at[0], f.codes[text], label)
        case Write.RADIO if text:
            if text not in f.choices:
                raise refused
            yield Action(ActionKind.TICK, f.choices[text], "", label)


def _era_date(f: ScreenField, text: str, label: str, refused: CoreSystemRefusedError) -> Iterable[Action]:
    era_at, *boxes = f.at
    if not text:
        yield from (Action(ActionKind.FILL, at, "", label) for at in boxes)
        return
    try:
        day = date.fromisoformat(text)
        era, year = to_era(day)
    except ValueError:
        raise refused from None
    if era.kanji not in f.codes:
        raise refused
    yield Action(ActionKind.CHOOSE, era_at, f.codes[era.kanji], label)
    for at, number in zip(boxes, (year, day.month, day.day), strict=True):
        yield Action(ActionKind.FILL, at, f"{number:0{f.pad}d}" if f.pad else str(number), label)


def _check_characters(text: str, encoding: str | None, where: Mapping[str, str]) -> None:
    # A control character would not be typed but press a key: a line feed submits many a form.
    if _CONTROL.search(text):
        raise CharacterNotRepresentableError(**where)
    if encoding is not None:
        try:
            text.encode(encoding)
        except UnicodeEncodeError:
            # `from None`: the message of the standard library shows the text.
            raise CharacterNotRepresentableError(**where) from None


def plan_shown(screen: Screen, entry: EntryValues) -> tuple[Expectation, ...]:
    """What a confirm or detail screen must show of the case."""
    return tuple(Expectation(s.at, expected_text(s, entry), entry.label(s.value), s.compare) for s in screen.shows)


def expected_text(shown: ShownField | Match, entry: EntryValues) -> str:
    """The text that stands for the value on a screen, before :func:`agrees` compares it."""
    text = convert(entry.text(shown.value), shown.convert)
    return shown.codes.get(text, text)


def agrees(shown: str | None, expected: str, compare: Compare) -> bool:
    """Whether a screen shows what it must; an element that is not there shows nothing."""
    text = (shown or "").strip()
    match compare:
        case Compare.DATE:
            return _day(text) == _day(expected)
        case Compare.DIGITS:
            return digits_only(text) == digits_only(expected)
        case Compare.EXACT:
            return text == expected.strip()


def _day(text: str) -> date | str:
    if not text:
        return ""
    try:
        return parse_date(text)
    except InvalidEraDateError:
        return text


def convert(text: str, steps: Iterable[Convert]) -> str:
    """Apply conversions in order; a blank text stays blank."""
    for step in steps:
        if text:
            text = _CONVERSIONS[step](text)
    return text


def _gaps(text: str, gap: str) -> str:
    return gap.join(text.split())


_CONVERSIONS: Mapping[Convert, Callable[[str], str]] = {
    Convert.HALF_KANA: lambda text: _gaps(to_half_kana(to_katakana(text)), " "),
    Convert.FULL_KANA: lambda text: _gaps(to_full_kana(to_katakana(text)), "\u3000"),
    Convert.FULL_SPACE: lambda text: _gaps(text, "\u3000"),
    Convert.DIGITS: digits_only,
    Convert.DATE8: lambda text: text.replace("-", ""),
    Convert.LOT: lambda text: split_building(text)[0],
    Convert.BUILDING: lambda text: split_building(text)[1],
}


def texts_of(system: System, flow: Flow, entry: EntryValues) -> frozenset[str]:
    """Every text in which a value of the case may appear in a log: as read, converted, split. For masking.

    A value that the plan refuses contributes what can be made of it.
    """
    texts = {entry.text(name) for name in entry.values}
    for value in entry.values.values():
        texts.update(value if isinstance(value, tuple) else ())
    for step in steps_for(flow, entry):
        for f in system.screen(step.screen).fields:
            texts.add(convert(entry.text(f.value), f.convert))
            texts.update(re.split(r"[\s、]+", entry.text(f.value)))
            if f.write in (Write.TEXT, Write.SPLIT):
                try:
                    texts.update(a.text for a in _actions(system, system.screen(step.screen), f, entry))
                except (CharacterNotRepresentableError, CoreSystemRefusedError, FieldReadBackError):
                    continue
    for shown in system.screen(flow.confirm).shows:
        texts.add(expected_text(shown, entry))
    return frozenset(t for t in texts if t)
