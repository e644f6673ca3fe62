"""``profiles/<code>/profile.yaml`` to :class:`~munibots.domain.profile.Profile`."""

from __future__ import annotations

import os
from dataclasses import replace
from types import MappingProxyType

from munibots.definitions import places
from munibots.definitions.yaml_file import YamlFile
from munibots.domain.profile import AUDIT_SHARE, PROMISED_ERROR, Profile, SystemSetting

__all__ = ["REGISTER_VARIABLE", "load_profile", "system_url_variable"]

REGISTER_VARIABLE = "MUNIBOTS_REGISTER"


def system_url_variable(system_id: str) -> str:
    """Name of the environment variable that overrides the address of a core system."""
    return f"MUNIBOTS_URL_{system_id.upper()}"


def load_profile(code: str) -> Profile:
    """The profile of this code, from the folder that won; environment variables override addresses and the register.

    Raises:
        DefinitionNotFoundError: No such profile.
        DefinitionError: The file is wrong; names file and line.
    """
    folder = places.find("profiles", code)
    data = YamlFile(folder / "profile.yaml", "profile").data
    register = os.environ.get(REGISTER_VARIABLE) or data.get("register")
    systems = {name: SystemSetting(**setting) for name, setting in data.get("systems", {}).items()}
    for name, setting in systems.items():
        systems[name] = replace(setting, url=os.environ.get(system_url_variable(name), setting.url))
    return Profile(
        code=data["code"],
        name_ja=data["name_ja"],
        sections=MappingProxyType(dict(data.get("sections", {}))),
        accept_at=MappingProxyType(dict(data.get("accept_at", {}))),
        register=folder / register if register else None,
        promised_error=data.get("promised_error", PROMISED_ERROR),
        audit_share=data.get("audit_share", AUDIT_SHARE),
        systems=MappingProxyType(systems),
    )
