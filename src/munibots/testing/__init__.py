"""Conformance kits that the author of a form, a city, a system or a bot runs as well as the library itself."""

from __future__ import annotations

from munibots.testing.bot_checks import check_bot, check_classifier
from munibots.testing.findings import Finding
from munibots.testing.folders import check_folder
from munibots.testing.form_checks import check_form
from munibots.testing.profile_checks import check_profile
from munibots.testing.system_checks import check_system

__all__ = ["Finding", "check_bot", "check_classifier", "check_folder", "check_form", "check_profile", "check_system"]
