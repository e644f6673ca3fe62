"""Makes texts of every kind and of none, in any number, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from munibots.demo.city.form_texts import phrases
from munibots.demo.city.form_texts.noise import character_noise, out_of_order, without
from munibots.demo.city.form_texts.pages import HELD_PAGES, PAGES, Chances
from munibots.demo.city.form_texts.vocabulary import OTHER, Kind, Part, Words, foreign_words, kinds

__all__ = ["FormText", "Stress", "make_foreign_texts", "make_form_texts", "make_open_texts"]

Stress = Literal["mixed", "clean", "noise15", "noise30", "no_name", "crop60"]
"""``mixed`` is for learning: everything a scan may do, in usual shares. The others do one thing each, for measuring."""

_LONGEST = 1500


@dataclass(frozen=True, slots=True)
class FormText:
    """One text.

    Attributes:
        kind: Id of its kind, or ``other``.
        source: What it was made of: the kind's id, or the name of a foreign paper.
        page: The template; ``far`` for papers that no municipality made.
    """

    text: str
    kind: str
    source: str
    page: str


def make_form_texts(
    each: int, seed: int, *, part: Part, stress: Stress = "mixed", only: Sequence[str] | None = None
) -> Iterator[FormText]:
    """Texts of every kind.

    Args:
        each: How many of each kind.
        part: Whose wordings they speak; ``held`` also has the templates of the benchmark.
        only: Ids of the kinds; all without it.
    """
    for kind in kinds().values():
        if only is not None and kind.id not in only:
            continue
        names = _names(kind)
        for no in range(each):
            rng = random.Random(f"{seed}/{part}/{stress}/{kind.id}/{no}")
            yield _make(rng, kind.speaking(part), kind.section_ja, kind.id, kind.id, part, stress, names)


def make_foreign_texts(each: int, seed: int, *, part: Part, far: bool, stress: Stress = "mixed") -> Iterator[FormText]:
    """Texts of papers that are none of the kinds.

    Args:
        each: How many of each foreign paper.
        far: Papers that no municipality made; otherwise other papers of a municipality.
    """
    for paper in foreign_words(part)[far]:
        for no in range(each):
            rng = random.Random(f"{seed}/{part}/{stress}/{far}/{paper.name_ja}/{no}")
            section = rng.choice(phrases.SECTIONS)
            yield _make(rng, paper.words, section, OTHER, paper.name_ja, part, stress, (), far=far)


def make_open_texts(count: int, seed: int, *, part: Part) -> Iterator[FormText]:
    """Papers with a name that nobody has thought of, with the labels of any paper; pages that name many kinds; rags."""
    everything = [k.speaking(part) for k in kinds().values()]
    for no in range(count):
        rng = random.Random(f"{seed}/{part}/open/{no}")
        pick = rng.random()
        if pick < 0.6:
            noun = rng.choice(phrases.OPEN_TITLES)
            ending = rng.choice(("申請書", "届出書", "許可申請書", "申込書", "届", "承認申請書", "報告書"))
            words = Words(
                (noun + ending,), phrases.FORM_NOTES + phrases.GUIDE_LINES, phrases.LABELS, ("見取図", "計画書")
            )
            yield _make(rng, words, rng.choice(phrases.SECTIONS), OTHER, "open", part, "mixed", ())
        elif pick < 0.85:
            listed = [rng.choice(words.titles) for words in rng.sample(everything, rng.randint(5, 14))]
            head = rng.choice(
                ("申請書一覧", "届出の種類", "手続きチェックリスト", "様式集", "窓口のご案内", "手数料一覧")
            )
            yield FormText(rng.choice(("\n", " ", "・")).join([head, *listed]), OTHER, "list", "list")
        else:
            yield FormText(_rag(rng), OTHER, "rag", "rag")


def _rag(rng: random.Random) -> str:
    """What is left of a bad scan, or a table of figures."""
    pick = rng.random()
    if pick < 0.35:
        return " ".join(f"{rng.randrange(10 ** rng.randint(1, 6)):,}" for _ in range(rng.randint(1, 80)))
    if pick < 0.6:
        return "".join(chr(rng.choice((rng.randint(0x21, 0x7E), rng.randint(0xFF66, 0xFF9D)))) for _ in range(rng.randint(1, 120)))  # fmt: skip
    if pick < 0.8:
        return "".join(chr(rng.randint(0x4E00, 0x9000)) for _ in range(rng.randint(1, 120)))
    return " ".join(rng.choices(phrases.LABELS, k=rng.randint(4, 14)))


def _make(
    rng: random.Random,
    words: Words,
    section: str,
    kind: str,
    source: str,
    part: Part,
    stress: Stress,
    names: Sequence[str],
    *,
    far: bool = False,
) -> FormText:
    pages = HELD_PAGES if part == "held" else PAGES
    page = rng.choices(list(pages), [weight for _, weight in pages.values()])[0]
    nameless = stress == "no_name" or (stress == "mixed" and rng.random() < 0.3)
    # What a section handles says much, but cities call theirs as they like.
    shown = section if rng.random() < 0.6 else rng.choice(phrases.SECTIONS)
    chances = Chances(rng, words, shown, not nameless, _all_titles())
    lines = _far_lines(chances) if far else pages[page][0](chances)
    if stress == "mixed" and rng.random() < 0.3:
        lines = out_of_order(lines, rng, rng.uniform(0.1, 0.6))
    text = rng.choice(("\n", "\n", " ", "")).join(line for line in lines if line)
    if nameless:
        text = without(text, names)
    return FormText(_stressed(text, rng, stress)[:_LONGEST], kind, source, "far" if far else page)


def _far_lines(chances: Chances) -> list[str]:
    """Papers of nobody's office have no template of ours: their own words in any order."""
    rng = chances.rng
    lines = chances.some(chances.words.say, 1, 5) + chances.some(chances.words.words, 4, 13)
    lines += [chances.entry() for _ in range(rng.randint(0, 4))]
    rng.shuffle(lines)
    return [chances.title(), *lines]


def _stressed(text: str, rng: random.Random, stress: Stress) -> str:
    if stress == "noise15":
        return character_noise(text, 0.15, rng)
    if stress == "noise30":
        return character_noise(text, 0.30, rng)
    if stress == "crop60":
        return text[:60]
    if stress != "mixed":
        return text
    pick = rng.random()
    if pick < 0.2:
        text = text[: rng.randint(40, 200)]
    elif pick < 0.3:
        begin = rng.randrange(max(1, len(text) // 2))
        text = text[begin : begin + rng.randint(80, 400)]
    share = rng.choices((0.0, rng.uniform(0.01, 0.08), rng.uniform(0.08, 0.2), rng.uniform(0.2, 0.32)), (5, 3, 2, 1))[0]
    return character_noise(text, share, rng) if share else text


@cache
def _all_titles() -> tuple[str, ...]:
    return tuple(kind.name_ja for kind in kinds().values())


def _names(kind: Kind) -> tuple[str, ...]:
    """All names of a kind, in every piece that would still be its name."""
    names = {*kind.words.titles, *kind.held.titles, kind.name_ja}
    for name in tuple(names):
        names |= {part for part in name.replace("・", " ").replace("(", " ").replace(")", " ").split() if len(part) > 3}
    return tuple(names)
