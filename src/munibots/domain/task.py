"""Tasks of a city hall, as a city lists them to find out who or what should do them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

__all__ = [
    "APPROACHES_JA",
    "FIXED_RULES_JA",
    "JUDGEMENT_JA",
    "LEGAL_ACTS_JA",
    "MEDIA_JA",
    "PRODUCTS_JA",
    "Approach",
    "FixedRules",
    "Judgement",
    "LegalAct",
    "Medium",
    "Product",
    "Task",
]


class Approach(StrEnum):
    """What may become of a task: the four fields of the two-axis picture."""

    AS_IS = "as_is"
    AI = "ai"
    RPA = "rpa"
    OUTSOURCE = "outsource"


class FixedRules(StrEnum):
    """Whether the steps are fixed, so that they could be written down for somebody who does not know the task."""

    FIXED = "fixed"
    PARTLY = "partly"
    NONE = "none"


class Judgement(StrEnum):
    """How much of the task is a person's understanding or weighing."""

    NONE = "none"
    LITTLE = "little"
    MUCH = "much"


class Medium(StrEnum):
    """What a task begins with."""

    PAPER = "paper"
    HANDWRITING = "handwriting"
    SCREEN = "screen"
    DATA = "data"
    MAIL = "mail"
    PICTURE = "picture"
    VOICE = "voice"
    PHONE = "phone"
    COUNTER = "counter"
    ON_SITE = "on_site"


class Product(StrEnum):
    """What a task ends with."""

    SCREEN_ENTRY = "screen_entry"
    DATA = "data"
    PRINTED_FORM = "printed_form"
    DOCUMENT = "document"
    ATTENDANCE = "attendance"
    MANUAL_WORK = "manual_work"
    DECISION = "decision"


class LegalAct(StrEnum):
    """Which exercise of public authority (公権力の行使) the task itself holds."""

    NONE = "none"
    CERTIFICATE = "certificate"
    NOTIFICATION = "notification"
    DECISION = "decision"
    COERCION = "coercion"


APPROACHES_JA = MappingProxyType(
    {
        Approach.AS_IS: "従来通り",
        Approach.AI: "AI化",
        Approach.RPA: "RPA化",
        Approach.OUTSOURCE: "最適なアウトソーシング",
    }
)
FIXED_RULES_JA = MappingProxyType({FixedRules.FIXED: "ある", FixedRules.PARTLY: "一部", FixedRules.NONE: "ない"})
JUDGEMENT_JA = MappingProxyType({Judgement.NONE: "なし", Judgement.LITTLE: "少し", Judgement.MUCH: "多い"})
MEDIA_JA = MappingProxyType(
    {
        Medium.PAPER: "紙",
        Medium.HANDWRITING: "手書きの紙",
        Medium.SCREEN: "画面",
        Medium.DATA: "データ",
        Medium.MAIL: "メール",
        Medium.PICTURE: "画像",
        Medium.VOICE: "音声",
        Medium.PHONE: "電話",
        Medium.COUNTER: "窓口",
        Medium.ON_SITE: "現場",
    }
)
PRODUCTS_JA = MappingProxyType(
    {
        Product.SCREEN_ENTRY: "画面入力",
        Product.DATA: "データ",
        Product.PRINTED_FORM: "帳票",
        Product.DOCUMENT: "文書",
        Product.ATTENDANCE: "応対",
        Product.MANUAL_WORK: "現場作業",
        Product.DECISION: "決定",
    }
)
LEGAL_ACTS_JA = MappingProxyType(
    {
        LegalAct.NONE: "なし",
        LegalAct.CERTIFICATE: "証明",
        LegalAct.NOTIFICATION: "届出の受理",
        LegalAct.DECISION: "決定",
        LegalAct.COERCION: "徴収・立入",
    }
)


@dataclass(frozen=True, slots=True)
class Task:
    """One task. ``None`` and empty stand for "not said", never for zero or no.

    Attributes:
        line: Of the list that it comes from, from 1.
        cases_a_year: How often it is done.
        minutes_a_case: Of staff, each time.
        inputs: What it begins with.
        outputs: What it ends with.
        my_number: Whether 個人番号 is handled.
    """

    line: int
    name: str
    description: str = ""
    section: str = ""
    cases_a_year: float | None = None
    minutes_a_case: float | None = None
    fixed_rules: FixedRules | None = None
    judgement: Judgement | None = None
    inputs: tuple[Medium, ...] = ()
    outputs: tuple[Product, ...] = ()
    legal_act: LegalAct | None = None
    my_number: bool | None = None

    @property
    def hours_a_year(self) -> float | None:
        """Hours of staff a year, if both numbers were given."""
        if self.cases_a_year is None or self.minutes_a_case is None:
            return None
        return self.cases_a_year * self.minutes_a_case / 60
