"""Profiles: one municipality's data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

__all__ = ["AUDIT_SHARE", "PROMISED_ERROR", "Profile", "SystemSetting"]

PROMISED_ERROR = 0.001
"""Share of errors among the accepted fields that is promised where a city says nothing else."""

AUDIT_SHARE = 0.02
"""Share of the accepted fields that a person sees all the same, where a city says nothing else."""


@dataclass(frozen=True, slots=True)
class SystemSetting:
    """Where a core system is, and how this city reaches it; credentials never stand here.

    Attributes:
        fast_fill: Set values by script instead of typing.
        close_connections: Ask for a connection of its own for every request, so that the browser cannot send the last click
            again. A sign-on that belongs to the connection (NTLM, Negotiate) needs it off.
    """

    url: str
    headless: bool = True
    fast_fill: bool = False
    close_connections: bool = True


@dataclass(frozen=True, slots=True)
class Profile:
    """One municipality's data.

    Attributes:
        code: Municipality code of six digits, or a name for a profile that is no municipality (``demo``).
        sections: What the city calls a section, by the form's section name.
        accept_at: Lowest confidence at which a field needs no eyes, by field type; overrides the shipped promise.
        promised_error: Highest share of errors among the fields that nobody looks at (α); what people find in the sample is held
            against it.
        audit_share: Which share of those fields goes to a person all the same, unmarked; 0–1.
        register: CSV of residents, if the city gives one.
        systems: By system id.
    """

    code: str
    name_ja: str
    sections: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    accept_at: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    register: Path | None = None
    promised_error: float = PROMISED_ERROR
    audit_share: float = AUDIT_SHARE
    systems: Mapping[str, SystemSetting] = field(default_factory=lambda: MappingProxyType({}))
