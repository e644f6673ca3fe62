"""The words that a kind of paper uses, and which of them a part of the data may speak.

Every wording belongs to one part for good, so that a classifier is always judged on wordings it was not fitted on:

* ``fit`` and ``tune`` share the ordinary wordings, three in four and one in four, told apart by their own spelling;
* ``all`` is both;
* ``held`` are paraphrases that were set apart when they were written, and that only the benchmark speaks.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from munibots.definitions import places
from munibots.definitions.form_files import load_form

__all__ = ["OTHER", "FarKind", "Kind", "NearKind", "Part", "Words", "foreign_words", "kinds"]

Part = Literal["fit", "tune", "all", "held"]

OTHER = "other"
"""The kind of every paper that is none of the kinds."""

_HERE = Path(__file__).parent
_SLOT = re.compile(r"(?<=\D)\d+(?= )")
_TUNE_OF, _TUNE_PAPERS_OF = 4, 3


@dataclass(frozen=True, slots=True)
class Words:
    """What a paper may say.

    Attributes:
        titles: Names of the paper.
        say: Whole sentences.
        words: Labels and short phrases.
        needs: What has to be brought along.
        law: Laws, with the article.
    """

    titles: tuple[str, ...]
    say: tuple[str, ...]
    words: tuple[str, ...]
    needs: tuple[str, ...] = ()
    law: tuple[str, ...] = ()

    def part(self, part: Part) -> Words:
        """Only the wordings of a part; a list that would be empty stays whole."""
        if part == "all":
            return self
        return Words(
            _of_part(self.titles, part),
            _of_part(self.say, part),
            _of_part(self.words, part),
            _of_part(self.needs, part),
            _of_part(self.law, part),
        )


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper that is routed.

    Attributes:
        known: Its form is defined, with fields and layouts.
        held: Paraphrases for the benchmark.
    """

    id: str
    name_ja: str
    section_ja: str
    known: bool
    words: Words
    held: Words

    def speaking(self, part: Part) -> Words:
        """The wordings of a part.

        A real paper is never made of new words alone: what is tuned or held on speaks its own wordings and as many usual ones.
        """
        if part in ("fit", "all"):
            return self.words.part(part)
        own = self.held if part == "held" else self.words.part("tune")
        usual = self.words.part("fit")
        return Words(
            own.titles + usual.titles[: len(own.titles)],
            own.say + usual.say[: len(own.say) // 2],
            own.words + usual.words[: len(own.words)],
            usual.needs,
            usual.law,
        )


@dataclass(frozen=True, slots=True)
class NearKind:
    """Another paper of a municipality."""

    name_ja: str
    words: Words


@dataclass(frozen=True, slots=True)
class FarKind:
    """A paper that no municipality made."""

    name_ja: str
    words: Words


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind that is routed, by id; first those with a form definition."""
    data: dict[str, dict[str, Any]] = {}
    for file in sorted((_HERE / "kinds").glob("*.yaml")):
        data |= _load(file)
    defined = [i for i in places.names("forms") if i in data]
    found = {}
    for kind_id in (*defined, *(i for i in data if i not in defined)):
        entry = data[kind_id]
        if kind_id in defined:
            form = load_form(kind_id)
            # In a group the slot's number is seldom printed with the label.
            texts = (_SLOT.sub("", text) for f in form.fields for text in (f.label_ja, *f.aliases))
            labels = dict.fromkeys(part for text in texts for part in (text, text.split()[-1]))
            name, section = form.name_ja, form.section_ja
            words = _words(entry, titles=(form.name_ja, *form.aliases), words=tuple(labels), law=form.law)
        else:
            name, section = entry["name"], entry["section"]
            words = _words(entry)
        # A label that a form's definition has as well is an ordinary one.
        held = _words({part: _unlike(text, getattr(words, part)) for part, text in entry["held"].items()})
        found[kind_id] = Kind(kind_id, name, section, kind_id in defined, words, held)
    return MappingProxyType(found)


@cache
def foreign_words(part: Part) -> tuple[tuple[NearKind, ...], tuple[FarKind, ...]]:
    """Other papers of a municipality, and papers of nobody's office.

    Here parts differ in the papers themselves: what is foreign must be told by what it is not.
    """
    near, far = (_foreign(name, part) for name in ("near", "far"))
    return tuple(NearKind(*p) for p in near), tuple(FarKind(*p) for p in far)


def _foreign(name: str, part: Part) -> list[tuple[str, Words]]:
    data = _load(_HERE / "foreign" / f"{name}.yaml")
    papers = [(paper, _words(entry)) for paper, entry in data["held" if part == "held" else "learnt"].items()]
    if part in ("all", "held"):
        return papers
    return [p for i, p in enumerate(papers) if (i % _TUNE_PAPERS_OF == 0) is (part == "tune")]


def _load(file: Path) -> dict[str, Any]:
    import yaml

    data: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return data


def _words(
    entry: Mapping[str, str],
    titles: tuple[str, ...] = (),
    words: tuple[str, ...] = (),
    law: tuple[str, ...] = (),
) -> Words:
    return Words(
        _merged(titles, entry.get("titles")),
        _merged((), entry.get("say")),
        _merged(words, entry.get("words")),
        _merged((), entry.get("needs")),
        _merged(law, entry.get("law")),
    )


def _merged(first: tuple[str, ...], more: str | None) -> tuple[str, ...]:
    listed = (part.strip() for part in (more or "").split("|"))
    return tuple(dict.fromkeys((*first, *(text for text in listed if text))))


def _unlike(listed: str, ordinary: tuple[str, ...]) -> str:
    return "|".join(text for text in listed.split("|") if text.strip() not in ordinary)


def _of_part(texts: tuple[str, ...], part: Part) -> tuple[str, ...]:
    mine = tuple(t for t in texts if _is_tune(t) is (part == "tune"))
    return mine or texts


def _is_tune(text: str) -> bool:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") % _TUNE_OF == 0
