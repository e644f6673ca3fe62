"""How many hours a year a proposal may save, and which assumptions that rests on.

The assumptions are data with their sources: shipped ones, which a city overrides in ``profiles/<code>/triage.yaml`` or with a
file of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from munibots.definitions import places
from munibots.definitions.yaml_file import YamlFile
from munibots.domain.task import APPROACHES_JA, LEGAL_ACTS_JA, Approach, LegalAct, Medium, Task

__all__ = ["Assumption", "Assumptions", "Saving", "city_assumptions", "read_assumptions"]

_SHARES_JA = {
    "rpa": "RPA化で減る割合",
    "rpa_paper": "紙を AI-OCR で読んで RPA化するときに減る割合",
    "ai": "AI化で減る割合",
    "outsource": "アウトソーシングで減る割合",
}


@dataclass(frozen=True, slots=True)
class Assumption:
    """One assumption.

    Attributes:
        id: For example ``shares.rpa``.
        low, mid, high: Shares from 0 to 1, or hours a year.
        source_ja: Where the numbers come from.
        origin: Who says so: ``munibots``, or the city's file.
    """

    id: str
    label_ja: str
    low: float
    mid: float
    high: float
    source_ja: str
    urls: tuple[str, ...]
    origin: str

    @property
    def value_ja(self) -> str:
        """The numbers as people read them."""
        if self.id.startswith("upkeep"):
            return f"年 {self.mid:g} 時間"
        if self.low == self.high:
            return f"{self.mid:.0%}"
        return f"{self.low:.0%}〜{self.high:.0%}(ふつう {self.mid:.0%})"


@dataclass(frozen=True, slots=True)
class Saving:
    """Hours of staff a year that a proposal may save.

    Attributes:
        low, mid, high: Hours a year; building and keeping it going is not taken off.
        assumptions: Ids of the assumptions that were used.
        upkeep: Hours a year that building and keeping it going cost.
    """

    low: float
    mid: float
    high: float
    upkeep: float
    assumptions: tuple[str, ...]

    @property
    def pays(self) -> bool:
        """Whether at least the high end reaches the upkeep."""
        return self.high >= self.upkeep

    @property
    def surely_pays(self) -> bool:
        """Whether the low end reaches it, too."""
        return self.low >= self.upkeep


class Assumptions:
    """All assumptions, after the city's were laid over the shipped ones."""

    def __init__(self, all_: Mapping[str, Assumption]) -> None:
        self.all = MappingProxyType(dict(all_))

    def over(self, other: Sequence[Assumption]) -> Assumptions:
        """These, with ``other`` laid over them."""
        return Assumptions({**self.all, **{a.id: a for a in other}})

    def saving(self, task: Task, approach: Approach) -> Saving | None:
        """What doing the task in this way may save; ``None`` where the volume is not known or nothing changes."""
        hours = task.hours_a_year
        if hours is None or task.legal_act is None or approach is Approach.AS_IS:
            return None
        paper = {Medium.PAPER, Medium.HANDWRITING} & set(task.inputs)
        share = self.all["shares.rpa_paper" if approach is Approach.RPA and paper else f"shares.{approach.value}"]
        kept = self.all[f"kept_by_staff.{task.legal_act.value}"]
        upkeep = self.all[f"upkeep_hours_a_year.{approach.value}"]
        used = [share.id, upkeep.id] if task.legal_act is LegalAct.NONE else [share.id, kept.id, upkeep.id]
        return Saving(
            low=hours * (1 - kept.high) * share.low,
            mid=hours * (1 - kept.mid) * share.mid,
            high=hours * (1 - kept.low) * share.high,
            upkeep=upkeep.mid,
            assumptions=tuple(used),
        )


def read_assumptions(path: Path, origin: str) -> tuple[Assumption, ...]:
    """The assumptions of a file; a city names only those that it knows better.

    Raises:
        DefinitionError: The file is missing or wrong; names file and line.
    """
    file = YamlFile(path, "triage_assumptions")
    found = []
    for group, entries in file.data.items():
        for name, entry in entries.items():
            numbers = [entry["hours"]] * 3 if "hours" in entry else [entry["low"], entry["mid"], entry["high"]]
            if numbers != sorted(numbers):
                raise file.error((group, name), f"{group}.{name}: low ≦ mid ≦ high にしてください。")
            low, mid, high = map(float, numbers)
            label, urls = _label_ja(group, name), tuple(entry.get("urls", ()))
            found.append(Assumption(f"{group}.{name}", label, low, mid, high, entry["source_ja"], urls, origin))
    return tuple(found)


def city_assumptions(profile: str) -> tuple[Assumption, ...]:
    """What the city assumes in ``triage.yaml`` beside its ``profile.yaml``; nothing where it has no such file.

    Raises:
        DefinitionNotFoundError: No such profile.
        DefinitionError: The file is wrong; names file and line.
    """
    path = places.find("profiles", profile) / "triage.yaml"
    return read_assumptions(path, f"団体 {profile}") if path.is_file() else ()


def _label_ja(group: str, name: str) -> str:
    if group == "shares":
        return _SHARES_JA[name]
    if group == "kept_by_staff":
        return f"法的な行為「{LEGAL_ACTS_JA[LegalAct(name)]}」で職員に残る割合"
    return f"{APPROACHES_JA[Approach(name)]}を始めて保つ時間"
