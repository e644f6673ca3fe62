"""How a page is put together from words: forms as a PDF or a recogniser gives them, guides, rules. Each is a template.

The templates in :data:`HELD_PAGES` are for the benchmark alone.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from munibots.demo.city.form_texts import phrases
from munibots.demo.city.form_texts.vocabulary import Words
from munibots.demo.city.people import People

__all__ = ["HELD_PAGES", "PAGES", "Chances"]

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫"


@dataclass(frozen=True, slots=True)
class Chances:
    """What a template draws from.

    Attributes:
        section: The section that the paper names, if any.
        titled: Whether the paper says its name.
        others: Names of other papers, which guides mention.
    """

    rng: random.Random
    words: Words
    section: str
    titled: bool
    others: tuple[str, ...] = ()

    def some(self, texts: Sequence[str], least: int, most: int) -> list[str]:
        """A random number of different texts, in random order; fewer where there are not so many."""
        if not texts:
            return []
        return self.rng.sample(texts, min(len(texts), self.rng.randint(least, most)))

    def title(self, spread: float = 0.2) -> str:
        """A name of the paper, sometimes with blanks between its letters; empty where it does not say its name."""
        if not self.titled:
            return ""
        title = self.rng.choice(self.words.titles)
        return " ".join(title) if self.rng.random() < spread and len(title) < 14 else title

    def entry(self) -> str:
        """Something that somebody wrote into a form."""
        rng = self.rng
        people = People(rng)
        pick = rng.random()
        if pick < 0.25:
            return people.person(people.family_name(), rng.choice("男女"), rng.randint(1, 90)).full_name
        if pick < 0.35:
            return people.person(people.family_name(), rng.choice("男女"), rng.randint(1, 90)).full_katakana
        if pick < 0.55:
            return people.address(in_city=rng.random() < 0.6).text(prefecture=rng.random() < 0.4)
        if pick < 0.7:
            return people.phone()
        if pick < 0.9:
            era = rng.choice(("令和", "平成", "昭和", "R", "H", "S"))
            return f"{era}{rng.randint(1, 63)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
        return rng.choice((str(rng.randrange(10**6)), f"{rng.randrange(10**7):,}円", "✓", "○", "本人", "同上", "なし"))


def _labels(c: Chances, least: int, most: int, common: tuple[int, int]) -> list[str]:
    """Labels of the kind among those of any paper, in random order."""
    labels = c.some(c.words.words, least, most) + c.some(phrases.LABELS, *common)
    c.rng.shuffle(labels)
    return [" ".join(label) if len(label) <= 4 and c.rng.random() < 0.15 else label for label in labels]


def _head(c: Chances) -> list[str]:
    """What stands above a form."""
    rng = c.rng
    lines = []
    if rng.random() < 0.4:
        lines.append(f"様式第{rng.randint(1, 40)}号(第{rng.randint(1, 30)}条関係)")
    if rng.random() < 0.5:
        lines.append(rng.choice(phrases.ADDRESSEES))
    if rng.random() < 0.5:
        lines.append(rng.choice(("令和  年  月  日", "年  月  日", f"令和{rng.randint(1, 9)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日")))  # fmt: skip
    lines.insert(rng.randint(0, len(lines)), c.title())
    if rng.random() < 0.5:
        lines.append(rng.choice(phrases.INTROS))
    return lines


def _foot(c: Chances) -> list[str]:
    """What stands below a form."""
    lines = c.some(c.words.say, 0, 4) + c.some(phrases.FORM_NOTES, 0, 3)
    c.rng.shuffle(lines)
    if c.rng.random() < 0.3:
        lines += c.some(c.words.needs, 1, 3)
    if c.rng.random() < 0.2:
        lines += c.some(c.words.law, 1, 1)
    if c.rng.random() < 0.3:
        lines.append(f"{c.section} {c.rng.choice(phrases.OFFICES)}")
    return lines


def _form(c: Chances) -> list[str]:
    """A form from top to bottom, a label a line, some with what was written behind it."""
    body = []
    for label in _labels(c, 6, 24, (3, 10)):
        body.append(f"{label} {c.entry()}" if c.rng.random() < 0.45 else label)
        if c.rng.random() < 0.12:
            body.append(c.rng.choice(phrases.CHOICES))
    return _head(c) + body + _foot(c)


def _run_on(c: Chances) -> list[str]:
    """A form as one run of text, as some PDFs give it."""
    parts = _head(c) + _labels(c, 8, 30, (3, 12)) + c.some(phrases.CHOICES, 0, 4) + _foot(c)
    return [c.rng.choice(("", " ", "  ", "・")).join(parts)]


def _dump(c: Chances) -> list[str]:
    """Labels and what was written, each on its own line, read in no good order; the title may come late."""
    lines = _labels(c, 8, 26, (2, 8)) + [c.entry() for _ in range(c.rng.randint(0, 8))] + _foot(c)
    c.rng.shuffle(lines)
    lines.insert(c.rng.randint(0, min(len(lines), 12)), c.title())
    if c.rng.random() < 0.5:
        # Upright text comes a character a line, and so do numbers in boxes.
        return ["\n".join(line) if len(line) < 12 and c.rng.random() < 0.25 else line for line in lines]
    return lines


def _blank(c: Chances) -> list[str]:
    """A short form: a title and a few labels."""
    return [c.title(0.35), *_labels(c, 3, 9, (1, 4))]


def _notes(c: Chances) -> list[str]:
    """The back of a form: how to fill it in."""
    lines = c.some(c.words.say, 3, 9) + c.some(phrases.FORM_NOTES, 1, 4)
    c.rng.shuffle(lines)
    marks = c.rng.choice(("・", "※", "注", "", "◎"))
    return [c.rng.choice(("記入上の注意", "注意事項", "書き方", "裏面", c.title())), *(marks + line for line in lines)]


def _guide(c: Chances) -> list[str]:
    """A page that tells people about the matter, under headings."""
    rng = c.rng
    title = c.title(0.0)
    lines = []
    if rng.random() < 0.5:
        lines.append(" > ".join(("トップページ", *rng.sample(phrases.PATHS, 2), title)))
    if rng.random() < 0.5:
        lines += c.some(phrases.FURNITURE, 1, 6)
    lines.append(rng.choice((title, f"{title}について", f"{title}の手続き", f"{title}のご案内")) if title else "")
    lines += c.some(c.words.say, 1, 4)
    for names in rng.sample(phrases.HEADINGS, rng.randint(2, 6)):
        heading = rng.choice(names)
        lines.append(heading)
        if names is phrases.HEADINGS[1]:
            lines += [rng.choice(("・", "", "1 ", "○")) + need for need in c.some(c.words.needs, 1, 4)]
        elif names is phrases.HEADINGS[3]:
            lines.append(f"{c.section} 電話 0{rng.randint(10, 99)}-{rng.randint(100, 999)}-{rng.randint(1000, 9999)}")
        else:
            lines += [*c.some(c.words.say, 1, 3), "、".join(c.some(c.words.words, 2, 6))]
        lines += c.some(phrases.GUIDE_LINES, 0, 2)
    if rng.random() < 0.3:
        lines.append(rng.choice(("関連するページ", "あわせて行う手続き", "このページを見た人は")))
        lines += c.some(c.others, 1, 4)
    return lines


def _questions(c: Chances) -> list[str]:
    """Questions and answers."""
    lines = [f"よくある質問 {c.title(0.0)}"]
    for _ in range(c.rng.randint(1, 4)):
        about = "、".join(c.some(c.words.words, 1, 3))
        ask = c.rng.choice(
            ("はどうすればよいですか。", "について教えてください。", "はいつまでですか。", "には何が必要ですか。")
        )
        lines += [
            f"質問 {about}{ask}",
            "回答 " + "".join(c.some(c.words.say, 1, 3) + c.some(phrases.GUIDE_LINES, 0, 1)),
        ]
    return lines


def _cases(c: Chances) -> list[str]:
    """A table of occasions and what they need."""
    rng = c.rng
    lines = [*c.some(phrases.FURNITURE, 0, 4), c.title(0.0), *c.some(c.words.say, 1, 3)]
    lines.append(
        rng.choice(
            (
                "こんなとき | 必要なもの",
                "届出が必要なとき 手続きに必要なもの",
                "種類 届出期間 届出人 届出に必要なもの 備考",
            )
        )
    )
    mark = rng.choice((" | ", "\n・", " ", "\n"))
    for occasion in c.some(c.words.words, 3, 8):
        ending = rng.choice(("とき", "の場合", "", "のとき"))
        lines.append(mark.join((f"{occasion}{ending}", *c.some(c.words.needs or phrases.LABELS, 1, 3))))
    return lines + c.some(c.words.say, 0, 3) + c.some(phrases.GUIDE_LINES, 0, 2)


def _rule(c: Chances) -> list[str]:
    """A piece of a regulation."""
    rng = c.rng
    paper = c.title(0.0) or "申請書"
    lines = [f"第{rng.randint(2, 30)}条 " + rng.choice((
        f"申請しようとする者は、{paper}(様式第{rng.randint(1, 30)}号)を市長に提出しなければならない。",
        f"規則で定める届は、{paper}によるものとする。",
        f"市長は、{paper}の提出があったときは、その内容を審査し、可否を決定する。",
    ))]  # fmt: skip
    lines += c.some(c.words.law, 0, 2)
    lines += [f"{rng.choice(('(1)', '2', 'ア', '一'))} {text}" for text in c.some(c.words.words, 3, 9)]
    return lines + c.some(c.words.say, 0, 2)


def _table(c: Chances) -> list[str]:
    """A form of numbered boxes with figures, as declarations are."""
    rng = c.rng
    rows = [
        f"{_CIRCLED[i % 12]} {label} {rng.randrange(10 ** rng.randint(2, 7)):,}" if rng.random() < 0.6 else label
        for i, label in enumerate(_labels(c, 6, 22, (2, 6)))
    ]
    return _head(c) + rows + _foot(c)


def _two_columns(c: Chances) -> list[str]:
    """A filled form read across its two columns, with page numbers and stamps. Held."""
    rng = c.rng
    labels = _labels(c, 6, 14, (3, 8))
    lines = [f"{c.title(0.1)}  受付印", f"整理番号 {rng.randrange(10**5)}  {rng.choice(phrases.ADDRESSEES)}"]
    for left, right in zip(labels[::2], labels[1::2], strict=False):
        lines.append(f"{left} {c.entry()}   {right} {c.entry() if rng.random() < 0.5 else ''}")
    lines += [f"({text})" for text in c.some(c.words.say, 1, 2)]
    return [*lines, f"- {rng.randint(1, 3)} / 3 -", "複写可 再生紙を使用しています"]


def _steps(c: Chances) -> list[str]:
    """What to do, step by step. Held."""
    lines = [f"{c.title(0.0)} 手続きの流れ" if c.titled else "手続きの流れ"]
    for no, text in enumerate(c.some(c.words.say, 2, 4) + c.some(phrases.GUIDE_LINES, 1, 2), start=1):
        lines.append(f"ステップ{no} {text}")
    lines.append("用意するもの:" + "/".join(c.some(c.words.needs, 1, 3)))
    return [*lines, "キーワード:" + " ".join(c.some(c.words.words, 3, 6))]


def _sample(c: Chances) -> list[str]:
    """A filled example with a remark at every label. Held."""
    remarks = ("を書きます", "はこの欄に", "をお忘れなく", "を正しく記入", "の例", "はお持ちの証明で確認")
    lines = [f"【記入例】{c.title(0.0)}", *c.some(phrases.INTROS, 1, 1)]
    lines += [
        f"{label}{c.rng.choice(remarks)} → {c.entry()}" if c.rng.random() < 0.6 else label
        for label in _labels(c, 5, 12, (2, 6))
    ]
    return lines + c.some(c.words.say, 0, 2)


def _letter(c: Chances) -> list[str]:
    """A notice that the office sends. Held."""
    rng = c.rng
    lines = [f"{rng.randint(1, 9)}市第{rng.randint(10, 999)}号", "各位", f"{c.section}長", f"{c.title(0.0)}の提出について(依頼)" if c.titled else "手続きのお願い"]  # fmt: skip
    lines += ["日ごろから市政にご協力いただき、ありがとうございます。", *c.some(c.words.say, 1, 4)]
    return [*lines, "記", *(f"{no} {text}" for no, text in enumerate(c.some(c.words.words, 3, 8), start=1)), "以上"]


Page = Callable[[Chances], list[str]]

PAGES: Mapping[str, tuple[Page, float]] = MappingProxyType(
    {
        "form": (_form, 3.0),
        "run_on": (_run_on, 2.0),
        "dump": (_dump, 2.0),
        "blank": (_blank, 1.5),
        "notes": (_notes, 1.0),
        "guide": (_guide, 3.0),
        "questions": (_questions, 0.7),
        "cases": (_cases, 1.3),
        "rule": (_rule, 0.7),
        "table": (_table, 1.2),
    }
)
"""Templates for fitting and tuning, with their weights."""

HELD_PAGES: Mapping[str, tuple[Page, float]] = MappingProxyType(
    {"two_columns": (_two_columns, 2.0), "steps": (_steps, 1.0), "sample": (_sample, 1.5), "letter": (_letter, 1.0)}
)
"""Templates for the benchmark, with their weights."""
