"""Which field of a form a printed label means.

The interface is small on purpose: a matcher gives a score to a label in its surroundings for each field, and a trained one
can take this one's place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from munibots.domain.form import Field, FieldType, Form
from munibots.japanese.variants import fold_variants

__all__ = ["LabelMatcher", "LabelSeen", "TextLabelMatcher", "label_text", "similarity"]

_BRACKETED = re.compile(r"[((〔[【][^))〕\]】]*[))〕\]】]")
_NOISE = re.compile(r"[\s・:：※*＊、。.,()()「」〔〕【】\[\]①-⑳■□◆●_\-ー―~〜|/]+")
# ⑥ before a label is its number on the paper.
_CIRCLED = re.compile(r"[①-⑳⓪❶-❿]")
# Letters that a recogniser takes for one another, and old forms that it writes for the ones in use.
_TWINS = str.maketrans("力ニロタトエハヘセ齡徵產德穗觀", "カ二口夕卜工八へ七齢徴産徳穂観")
_NUMBERED = re.compile(r"^\d{1,2}(?=\D)")
_UNNUMBERED = 0.95
_COUNTER = re.compile(r"(?<=[^\d])\d+$")
_FUZZY_FROM = 3
# Of one length it is a slip of the recogniser; 世帯主 and 新世帯主 are two labels.
_FUZZY_LEAST, _FUZZY_LEAST_UNEVEN = 0.74, 0.8
_SUFFIX_SCORE, _CONTEXT_BONUS, _BELOW_BONUS = 0.72, 0.35, 0.5
_TAIL_FROM, _TAIL_SHARE, _TAIL_SCORE = 5, 0.5, 0.8


def label_text(text: str) -> str:
    """A label for comparing: compatibility forms and variant characters folded, punctuation and white space dropped."""
    plain = fold_variants(_NOISE.sub("", unicodedata.normalize("NFKC", _CIRCLED.sub("", text)))).translate(_TWINS)
    # 届出年月日 and 届出日 are one label.
    return plain if plain == "年月日" else plain.replace("年月日", "日")


def similarity(a: str, b: str) -> float:
    """1 for equal texts, 0 for texts with nothing in common: 1 less the edit distance in parts of the longer text."""
    if a == b:
        return 1.0
    longest = max(len(a), len(b))
    if longest == 0:
        return 1.0
    row = list(range(len(b) + 1))
    for i, ca in enumerate(a, start=1):
        before, row[0] = row[0], i
        for j, cb in enumerate(b, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (ca != cb))
    return 1.0 - row[-1] / longest


@dataclass(frozen=True, slots=True)
class LabelSeen:
    """A piece of print that may be a label.

    Attributes:
        text: As recognised.
        context: What is printed in the cells left of it and above it, and the heading before it.
        below: What is printed below it.
    """

    text: str
    context: tuple[str, ...] = ()
    below: str = ""


class LabelMatcher(Protocol):
    """Tells which fields a label may mean."""

    def scores(self, label: LabelSeen) -> dict[str, float]:
        """Field names with a score of 0–1 (above 1 where the surroundings speak for it); unlikely fields are left out."""
        ...


@dataclass(frozen=True, slots=True)
class _Wording:
    field: str
    whole: str
    last: str
    before: tuple[str, ...]
    number: str = ""
    kana: bool = False


class TextLabelMatcher:
    """By the wording: the form's labels and their aliases, allowing for slips of the recogniser.

    A label of two parts (新住所 郵便番号, 届出人氏名) is found by its last part alone, with a lower score, which rises where
    the first part is printed before it.
    """

    def __init__(self, form: Form) -> None:
        self._wordings = tuple(w for f in form.fields for w in _wordings(f))

    def scores(self, label: LabelSeen) -> dict[str, float]:
        """See :meth:`LabelMatcher.scores`."""
        found: dict[str, float] = {}
        text = label_text(_BRACKETED.sub("", label.text)) or label_text(label.text)
        if not text:
            return found
        context = [label_text(c) for c in label.context]
        # ⑥法人税割額 is read as 6法人税割額.
        bare = _NUMBERED.sub("", text)
        for wording in self._wordings:
            score = _score(text, context, wording)
            if bare != text:
                own = _NUMBERED.match(text)
                said = own is not None and own.group() == wording.number
                score = max(score, (1.0 if said else _UNNUMBERED) * _score(bare, context, wording))
            if score and wording.kana and any(_heard(p, [label_text(label.below)]) for p in wording.before):
                score += _BELOW_BONUS
            if score > found.get(wording.field, 0.0):
                found[wording.field] = score
        return found

    def starts(self, text: str) -> int:
        """How many characters at the beginning of a text are a label, if something else follows it in the same text."""
        plain = [(i, label_text(c)) for i, c in enumerate(text)]
        kept = [(i, c) for i, c in plain if c]
        whole = "".join(c for _, c in kept)
        for word in sorted({w for x in self._wordings for w in (x.whole, x.last)}, key=len, reverse=True):
            if len(word) >= 2 and whole.startswith(word) and len(word) < len(whole):
                return kept[len(word)][0]
        return 0


def _score(text: str, context: Sequence[str], wording: _Wording) -> float:
    whole = _alike(text, wording.whole) if wording.whole else 0.0
    if whole:
        # 異動前の住所 below 異動後の住所 is no slip of the recogniser.
        exact = whole == 1.0
        return whole + (_CONTEXT_BONUS if exact and any(_heard(p, context) for p in wording.before) else 0.0)
    # 事務所等を有していた月数 for 算定期間中において事務所等を有していた月数.
    if len(text) >= _TAIL_FROM and len(text) >= _TAIL_SHARE * len(wording.whole) and wording.whole.endswith(text):
        return _TAIL_SCORE
    if len(text) >= 2 and wording.whole.endswith(text) and any(c and _alike(c + text, wording.whole) for c in context):
        return 1.0
    last = _alike(text, wording.last) if wording.last else 0.0
    if not last:
        return 0.0
    return last * _SUFFIX_SCORE + (_CONTEXT_BONUS if any(_heard(p, context) for p in wording.before) else 0.0)


def _alike(a: str, b: str) -> float:
    if a == b:
        return 1.0
    if min(len(a), len(b)) < _FUZZY_FROM:
        return 0.0
    found = similarity(a, b)
    return found if found >= (_FUZZY_LEAST if len(a) == len(b) else _FUZZY_LEAST_UNEVEN) else 0.0


def _heard(prefix: str, context: Sequence[str]) -> bool:
    return len(prefix) >= 2 and any(prefix in c or _alike(prefix, c) for c in context)


def _wordings(field: Field) -> list[_Wording]:
    found = []
    for text in (field.label_ja, *field.aliases):
        parts = text.split()
        before = tuple(_COUNTER.sub("", label_text(p)) for p in parts[:-1])
        for shown in dict.fromkeys((text, _BRACKETED.sub("", text))):
            whole = label_text(shown)
            last = label_text(_BRACKETED.sub("", parts[-1])) if len(parts) > 1 else ""
            stem = ""
            if not last and not field.group:
                last, stem = _last_noun(whole)
            # In a group the slot's number is not printed with the label.
            shown_whole = last if field.group and last else whole
            circled = _CIRCLED.match(text)
            number = unicodedata.normalize("NFKC", circled.group()) if circled else ""
            found.append(_Wording(field.name, shown_whole, last, before or ((stem,) if stem else ()), number))
    if field.type is FieldType.NAME and not field.group:
        # 窓口に来た人 alone, in front of its only line, asks for the name.
        found += [_Wording(field.name, "", b, ()) for b in dict.fromkeys(b for w in found for b in w.before)]
    for word in _USUAL_WORDS.get(field.type, ()):
        # The first part of the label is what tells one of them from another.
        found.append(_Wording(field.name, "", label_text(word), tuple(b for w in found for b in w.before)))
    if field.type is FieldType.KANA:
        # How a name is read stands above the name.
        found = [replace(w, kana=True) for w in found]
    return found


# What a field of this type is called on papers that have only one of them.
_USUAL_WORDS = {
    FieldType.PHONE: ("電話", "電話番号", "TEL", "連絡先"),
    FieldType.KANA: ("フリガナ", "ふりがな", "カナ"),
    FieldType.POSTAL_CODE: ("郵便番号",),
    FieldType.NAME: ("氏名", "お名前", "名前"),
    FieldType.ADDRESS: ("住所", "ご住所"),
    FieldType.MY_NUMBER: ("個人番号", "マイナンバー"),
    FieldType.CORPORATE_NUMBER: ("法人番号",),
}

# Last words of labels that stand alone where the words before them are the heading of the block.
_LAST_NOUNS = (
    "郵便番号", "電話番号", "生日", "個人番号", "法人番号", "フリガナ", "ふりがな", "カナ氏名", "氏名", "名称", "住所", "所在地",
    "続柄", "性別", "連絡先", "職業", "番号", "年齢", "役職",
)  # fmt: skip


def _last_noun(label: str) -> tuple[str, str]:
    for noun in _LAST_NOUNS:
        if label.endswith(noun) and len(label) > len(noun):
            return noun, label.removesuffix(noun).removesuffix("の")
    return "", ""
