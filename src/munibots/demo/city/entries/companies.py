"""Invented companies with readings and corporate numbers; the word lists were made for this project."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from munibots.demo.city.people import Address, People, Person
from munibots.japanese.numbers import corporate_number_check_digit

__all__ = ["Company", "make_company"]

# Stems that nobody would call a company, so that no real one is met.
_STEMS = (
    ("かわせみ坂", "カワセミザカ"), ("七色橋", "ナナイロバシ"), ("月見ヶ浦", "ツキミガウラ"), ("くるみ野", "クルミノ"), ("雲切", "クモキリ"),
    ("星待", "ホシマチ"), ("木漏れ日台", "コモレビダイ"), ("鈴音", "スズオト"), ("青鷺", "アオサギ"), ("笹舟", "ササブネ"), ("千草野", "チグサノ"),
    ("夕凪島", "ユウナギジマ"), ("つむぎの里", "ツムギノサト"), ("銀杏坂上", "イチョウザカウエ"), ("ノクターナ", "ノクターナ"), ("ミナモリ", "ミナモリ"),
    ("トコナツ堂", "トコナツドウ"), ("ハルニレ", "ハルニレ"), ("ソラマメ舎", "ソラマメシャ"), ("リンドウ丘", "リンドウオカ"),
)  # fmt: skip
_TRADES = (
    ("精密", "セイミツ", "精密機械部品の製造"), ("食品", "ショクヒン", "食料品の製造及び販売"), ("建設", "ケンセツ", "土木建築工事の請負"),
    ("運輸", "ウンユ", "一般貨物自動車運送業"), ("商事", "ショウジ", "日用雑貨の卸売"), ("電設", "デンセツ", "電気設備工事"),
    ("設計", "セッケイ", "建築物の設計及び監理"), ("システム", "システム", "ソフトウェアの開発"), ("介護サービス", "カイゴサービス", "訪問介護事業"),
    ("不動産", "フドウサン", "不動産の賃貸及び仲介"), ("印刷", "インサツ", "印刷及び製本"), ("農産", "ノウサン", "農産物の生産と販売"),
)  # fmt: skip
_OFFICES = ("三島営業所", "三島支店", "三島工場", "本社", "大場出張所", "中央店", "東部物流センター")
_FORMS = {"株式会社": 72, "合同会社": 18, "有限会社": 10}


@dataclass(frozen=True, slots=True)
class Company:
    """One invented company; ``kana`` is the reading of the name without the legal form, in katakana."""

    name: str
    kana: str
    number: str
    business: str
    head_office: Address
    office_name: str
    office: Address
    representative: Person
    established_on: date
    capital: int
    employees: int


def make_company(rng: random.Random, people: People, day: date) -> Company:
    """A company with an office in the demo city.

    Args:
        rng: Where all chance comes from.
        people: Makes persons, addresses.
        day: The company was founded before it, and not before 1990.
    """
    stem, stem_kana = rng.choice(_STEMS)
    trade, trade_kana, business = rng.choice(_TRADES)
    legal = rng.choices(list(_FORMS), list(_FORMS.values()))[0]
    # 有限会社 can no longer be founded, but those of the time before 2006 live on.
    latest = date(2005, 12, 1) if legal == "有限会社" else day - timedelta(days=1)
    first = date(1990, 1, 4)
    name = f"{stem}{trade}"
    last12 = f"{rng.randint(0, 4)}{rng.randrange(10**11):011d}"
    local = rng.random() < 0.6
    return Company(
        name=f"{legal}{name}" if rng.random() < 0.7 else f"{name}{legal}",
        kana=f"{stem_kana}{trade_kana}",
        number=f"{corporate_number_check_digit(last12)}{last12}",
        business=business,
        head_office=people.address(in_city=local),
        office_name=rng.choice(_OFFICES),
        office=people.address(in_city=True),
        representative=people.person(people.family_name(), rng.choice("男男女"), rng.randint(30, 78)),
        established_on=first + timedelta(days=rng.randrange((latest - first).days)),
        capital=rng.choice((500_000, 1_000_000, 3_000_000, 5_000_000, 10_000_000, 30_000_000, 98_000_000, 120_000_000)),
        employees=rng.choice((rng.randint(1, 9), rng.randint(10, 49), rng.randint(50, 320))),
    )
