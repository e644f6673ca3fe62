"""Invented firms, clinics, nurseries, and accounts at real banks; the lists were made for this project.

Their names are put together from words that nobody would name a firm by, so that no real one is met.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from munibots.reference.banks import bank, branch

__all__ = ["CLINICS", "DEPARTMENTS", "FIRMS", "NURSERIES", "Account", "bank_account"]

FIRMS: tuple[tuple[str, str], ...] = (
    ("株式会社月見ヶ浦製作所", "製造業"),
    ("有限会社くるみ野建設", "建設業"),
    ("株式会社木漏れ日台食品", "製造業"),
    ("七色橋物流株式会社", "運輸・郵便"),
    ("かわせみ坂総合サービス株式会社", "複合サービス"),
    ("株式会社スーパー千草野", "卸売・小売"),
    ("医療法人星待会", "医療・福祉"),
    ("社会福祉法人夕凪島の家", "医療・福祉"),
    ("合同会社トコナツ堂ウェブ", "情報通信業"),
    ("株式会社雲切観光ホテル", "宿泊・飲食"),
    ("学校法人銀杏坂上学園", "教育・学習支援"),
    ("ソラマメ舎農園", "農業・林業"),
    ("株式会社ミナモリ不動産", "不動産・物品賃貸"),
    ("鈴音電設株式会社", "電気・ガス・水道"),
    ("美容室ノクターナ", "生活関連・娯楽"),
    ("笹舟会計事務所", "学術研究・専門"),
)
"""Name, and line of business as the certificate of work names it."""

CLINICS = (
    "月見ヶ浦クリニック", "くるみ野医院", "七色橋内科医院", "星待総合病院", "青鷺整形外科", "千草野診療所", "かわせみ坂メディカルセンター",
    "雲切脳神経外科",
)  # fmt: skip

DEPARTMENTS = ("内科", "整形外科", "脳神経外科", "神経内科", "循環器内科", "精神科")

NURSERIES = (
    "月見ヶ浦保育園", "くるみ野保育園", "七色橋こども園", "星待保育所", "千草野保育園", "雲切こども園", "木漏れ日保育園", "笹舟保育所",
    "青鷺保育園", "夕凪島こども園",
)  # fmt: skip

# Bank, branch: the demo city's neighbourhood.
_OFFICES = (
    ("0149", "231"), ("0149", "234"), ("0149", "111"), ("0150", "621"), ("0150", "620"), ("0150", "641"), ("0001", "001"),
    ("0005", "001"), ("0138", "200"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Account:
    """An ordinary account: codes, names as people write them, and seven invented digits."""

    bank_code: str
    bank_name: str
    branch_code: str
    branch_name: str
    number: str


def bank_account(rng: random.Random) -> Account:
    """An invented account at a real branch."""
    bank_code, branch_code = rng.choice(_OFFICES)
    its_bank, its_branch = bank(bank_code), branch(bank_code, branch_code)
    assert its_bank is not None, "the table of banks is older than the list above"
    assert its_branch is not None, "the table of banks is older than the list above"
    own_word = its_branch.name.endswith(("部", "本店"))
    return Account(
        bank_code=bank_code,
        bank_name=f"{its_bank.name}銀行",
        branch_code=branch_code,
        branch_name=its_branch.name if own_word else f"{its_branch.name}支店",
        number=f"{rng.randrange(10**7):07d}",
    )
