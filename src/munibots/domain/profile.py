"""Profiles: one municipality's data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

__all__ = ["Profile", "SystemSetting"]


@dataclass(frozen=True, slots=True)
class SystemSetting:
    """Where a core system is, and how this city reaches it; credentials never stand here."""

    url: str
    headless: bool = True
    fast_fill: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """One municipality's data.

    Attributes:
        code: Municipality code of six digits, or a name for a profile that is no municipality (``demo``).
        sections: What the city calls a section, by the form's section name.
        accept_at: Lowest confidence at which a field needs no eyes, by field type; overrides the shipped promise.
        register: CSV of residents, if the city gives one.
        systems: By system id.
    """

    code: str
    name_ja: str
    sections: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    accept_at: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    register: Path | None = None
    systems: Mapping[str, SystemSetting] = field(default_factory=lambda: MappingProxyType({}))
