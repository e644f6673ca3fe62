"""Names confirmed by the resident register: the evidence of a whole row finds one resident, whose spelling is taken.

A form says in ``register:`` which fields are the persons' names, kana, birth dates and numbers, and which name fields
hold members of the same household.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from munibots.domain.form import Form, RegisterLink
from munibots.domain.reading import FieldValue
from munibots.japanese.kana import to_hiragana, to_katakana
from munibots.japanese.names import fold_name
from munibots.japanese.width import to_full_kana
from munibots.reference.register import Evidence, MatchStatus, Resident, ResidentRegister

__all__ = ["confirm_by_register"]

CONFIRMED_JA = "台帳で確認しました"
DIFFERS_JA = "台帳と異なります"


def confirm_by_register(
    form: Form, values: tuple[FieldValue, ...], register: ResidentRegister | None
) -> tuple[tuple[FieldValue, ...], frozenset[str]]:
    """Look the persons of a document up, and take the register's spelling where exactly one resident fits.

    Args:
        form: Says where its persons stand.
        values: n_fields values as read; ``text`` stays what the paper says.
        register: The city's register; ``None`` where the city gives none.

    Returns:
        The values, and the names of the fields that the register confirms. A person who is not found stays as read and
        gets the reason; where the form says that its persons cannot be in the register, nothing is looked up.
    """
    link = form.register
    if register is None or link is None:
        return values, frozenset()
    by_name = {v.name: v for v in values}
    if any(by_name[name].value in excluded for name, excluded in link.unless.items()):
        return values, frozenset()
    confirmed: set[str] = set()
    residents: list[Resident] = []
    for slot in form.group_slots(link.group):
        prefix = f"{link.group}{slot[0].group_no}_"
        if all(by_name[f.name].blank for f in slot):
            continue
        match = register.find(_evidence(link, prefix, by_name))
        if match.resident is None or match.status is not MatchStatus.CONFIRMED:
            name = by_name[prefix + link.name]
            by_name[name.name] = replace(name, reasons=(*name.reasons, *match.reasons))
            continue
        residents.append(match.resident)
        confirmed |= _take_over(link, prefix, match.resident, match.agreeing, by_name)
    confirmed |= _confirm_household(link, residents, register, by_name)
    return tuple(by_name[v.name] for v in values), frozenset(confirmed)


def _evidence(link: RegisterLink, prefix: str, by_name: Mapping[str, FieldValue]) -> Evidence:
    def text(name: str | None) -> str | None:
        value = None if name is None else by_name[name].value
        return value if isinstance(value, str) and value else None

    return Evidence(
        name=text(prefix + link.name),
        kana=text(prefix + link.kana),
        birth_date=text(prefix + link.birth_date),
        address=text(link.address),
        my_number=text(None if link.my_number is None else prefix + link.my_number),
        name_confidence=by_name[prefix + link.name].confidence,
        kana_confidence=by_name[prefix + link.kana].confidence,
        birth_date_confidence=by_name[prefix + link.birth_date].confidence,
    )


def _take_over(
    link: RegisterLink, prefix: str, resident: Resident, agreeing: frozenset[str], by_name: dict[str, FieldValue]
) -> set[str]:
    """Put the register's spelling of names in the place of what was read, where it is the same name.

    Dates and numbers have no spelling: where the paper says something else than the register, or something that cannot be
    (2月31日), a person must see it.
    """
    spelling = {
        prefix + link.name: resident.name,
        prefix + link.kana: _in_script_of(by_name[prefix + link.kana], resident.kana),
    }
    fact_of = {prefix + link.name: "name", prefix + link.kana: "kana"}
    written = [name for name in spelling if not by_name[name].blank]
    confirmed = {name for name in written if fact_of[name] in agreeing}
    for name in set(written) - confirmed:
        by_name[name] = replace(by_name[name], reasons=(*by_name[name].reasons, DIFFERS_JA))
    for name in confirmed:
        by_name[name] = _confirm(by_name[name], spelling[name])
    known = {prefix + link.birth_date: resident.birth_date.isoformat()}
    if link.my_number is not None:
        known[prefix + link.my_number] = resident.my_number
    for name, value in known.items():
        if value and by_name[name].value == value:
            by_name[name] = _confirm(by_name[name], value)
            confirmed.add(name)
    return confirmed


def _in_script_of(read: FieldValue, kana: str) -> str:
    """The register's kana as the paper asks for it: ふりがな in hiragana, フリガナ in katakana."""
    full = to_full_kana(kana)
    as_hiragana = to_hiragana(read.text) == read.text
    return to_hiragana(full) if as_hiragana else to_katakana(full)


def _confirm_household(
    link: RegisterLink, residents: list[Resident], register: ResidentRegister, by_name: dict[str, FieldValue]
) -> set[str]:
    """Confirm 世帯主, 届出人 and the like, where they are a member of the household that the movers were found in."""
    households = {r.household_no for r in residents if r.household_no}
    members = [*residents, *(m for no in households for m in register.household(no))]
    confirmed = set()
    for name in link.household:
        read = by_name[name]
        if not isinstance(read.value, str) or not read.value:
            continue
        spellings = {m.name for m in members if fold_name(m.name) == fold_name(read.value)}
        if len(spellings) == 1:
            by_name[name] = _confirm(read, spellings.pop())
            confirmed.add(name)
    return confirmed


def _confirm(value: FieldValue, spelling: str) -> FieldValue:
    return replace(value, value=spelling, reasons=(*value.reasons, CONFIRMED_JA))
