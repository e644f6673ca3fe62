"""Forms 様式 and their fields 項目: what a document means, wherever its fields sit on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

__all__ = ["Choice", "Field", "FieldType", "Form", "RegisterLink", "Rule", "Severity"]


class FieldType(StrEnum):
    """The kinds of field; each has its character set, its decoder and its rules."""

    NAME = "name"
    KANA = "kana"
    DATE = "date"
    ADDRESS = "address"
    POSTAL_CODE = "postal_code"
    PHONE = "phone"
    MY_NUMBER = "my_number"
    CORPORATE_NUMBER = "corporate_number"
    INSURED_NUMBER = "insured_number"
    DIGITS = "digits"
    ACCOUNT = "account"
    YEN = "yen"
    CHOICE = "choice"
    MARKS = "marks"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a choice field: ``name`` is its value, as printed."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A slot of a form.

    Attributes:
        name: ASCII identifier, unique in the form, e.g. ``mover2_birth_date``.
        label_ja: As printed on the form.
        type: See :class:`FieldType`.
        required: A case without it cannot be approved. Conditional requirements are rules.
        choices: For ``choice`` and ``marks``.
        digits: For number types, how many digits the number has.
        aliases: Other wordings of the label.
        group: Name of a repeated group, e.g. ``mover``; ``None`` outside groups.
        group_no: From 1, the slot of the group.
    """

    name: str
    label_ja: str
    type: FieldType
    required: bool = False
    choices: tuple[Choice, ...] = ()
    digits: int | None = None
    aliases: tuple[str, ...] = ()
    group: str | None = None
    group_no: int | None = None


class Severity(StrEnum):
    """What a failed rule does: an error sends the case to a person, a notice is only shown."""

    ERROR = "error"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a form, as data; ``kind`` names the function in ``munibots.checking.rules`` that judges it."""

    id: str
    kind: str
    fields: tuple[str, ...]
    severity: Severity = Severity.ERROR
    message_ja: str = ""
    source: str = ""
    params: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class RegisterLink:
    """How the persons of a form are found in the resident register.

    Attributes:
        group: Repeated group whose slots are persons; the other names are names within the group.
        address: Field of the form that holds the address under which the register knows the persons.
        household: Name fields of the form that hold members of the same household (世帯主, 届出人 …).
        unless: The link does not hold for these values, e.g. 転入: newcomers are not in the register.
    """

    group: str
    name: str
    kana: str
    birth_date: str
    my_number: str | None = None
    address: str | None = None
    household: tuple[str, ...] = ()
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of document 様式.

    Attributes:
        id: ASCII identifier, the folder's name.
        name_ja: e.g. 住民異動届.
        section_ja: The section 担当課 that handles it.
        aliases: Other titles under which the form is known.
        identity: Fields that together tell one request from another (for finding a sheet scanned twice).
        fields: In the order of the printed form.
        register: How its persons are found in the resident register, if they can be.
    """

    id: str
    name_ja: str
    section_ja: str
    fields: tuple[Field, ...]
    rules: tuple[Rule, ...] = ()
    aliases: tuple[str, ...] = ()
    law: tuple[str, ...] = ()
    identity: tuple[str, ...] = ()
    register: RegisterLink | None = None

    def field(self, name: str) -> Field:
        """The field of this name.

        Raises:
            KeyError: The form has no such field.
        """
        for f in self.fields:
            if f.name == name:
                return f
        raise KeyError(name)

    def group_slots(self, group: str) -> tuple[tuple[Field, ...], ...]:
        """The fields of a repeated group, one tuple a slot, in the order of ``group_no``."""
        slots: dict[int, list[Field]] = {}
        for f in self.fields:
            if f.group == group and f.group_no is not None:
                slots.setdefault(f.group_no, []).append(f)
        return tuple(tuple(slots[no]) for no in sorted(slots))
