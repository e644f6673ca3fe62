"""The input elements of the 異動入力 screens: their names and how many characters are kept.

As in many real systems, what does not fit into a column is cut without a word; the operator sees it only on the 確認 screen.
"""

from collections.abc import Mapping
from typing import Final

PERSON_ROWS: Final = (1, 2, 3, 4, 5)

_ADDRESS: Final = 40
_BUILDING: Final = 20
_NAME: Final = 20
_KANA: Final = 24
REMARKS_LENGTH: Final = 30
KANA_LENGTH: Final = _KANA


def _date_fields(prefix: str, suffix: str = "") -> dict[str, int]:
    return {
        f"ddl{prefix}YmdGengo{suffix}": 1,
        f"txt{prefix}YmdNen{suffix}": 4,
        f"txt{prefix}YmdTsuki{suffix}": 2,
        f"txt{prefix}YmdHi{suffix}": 2,
    }


def _address_fields(side: str) -> dict[str, int]:
    return {
        f"txt{side}Yubin1": 3,
        f"txt{side}Yubin2": 4,
        f"txt{side}Jusho1": _ADDRESS,
        f"txt{side}Jusho2": _BUILDING,
        f"txt{side}Nushi": _NAME,
    }


def person_fields(row_no: int) -> dict[str, int]:
    """Return the elements of one 異動者 row (``row_no`` from 1): name -> kept characters."""
    return {
        f"txtIdoshaKana{row_no}": _KANA,
        f"txtIdoshaKanji{row_no}": _NAME,
        **_date_fields("Sei", str(row_no)),
        f"ddlSeibetsu{row_no}": 1,
        f"ddlZokugara{row_no}": 2,
        f"txtJuminhyoCd{row_no}": 11,
        f"txtKojinNo{row_no}_1": 4,
        f"txtKojinNo{row_no}_2": 4,
        f"txtKojinNo{row_no}_3": 4,
    }


NOTIFICATION_FIELDS: Final[dict[str, int]] = {
    "rdoIdoKbn": 1,
    **_date_fields("Todoke"),
    **_date_fields("Ido"),
    "txtTodokeninShimei": _NAME,
    "ddlTodokeninKbn": 2,
    "txtTodokeninTel": 13,
}
"""異動入力(1) 届出."""

ADDRESS_FIELDS: Final[dict[str, int]] = {
    **_address_fields("Shin"),
    **_address_fields("Kyu"),
    "txtHonseki": _ADDRESS,
    "txtHittosha": _NAME,
}
"""異動入力(2) 住所・世帯."""

PEOPLE_FIELDS: Final[dict[str, int]] = {
    **{name: length for row_no in PERSON_ROWS for name, length in person_fields(row_no).items()},
    "txtTekiyo": REMARKS_LENGTH,
}
"""異動入力(3) 異動者."""


def take(form: Mapping[str, object], fields: Mapping[str, int]) -> dict[str, str]:
    """Take the known elements from a posted form: outer blanks removed, then cut to the kept length.

    An element that was not posted (an untouched radio button) counts as empty.
    """
    taken = {}
    for name, length in fields.items():
        value = form.get(name, "")
        taken[name] = value.strip(" \u3000\t\r\n")[:length] if isinstance(value, str) else ""
    return taken
