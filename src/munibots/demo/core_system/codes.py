"""Code tables as the vendor's manual prints them: stored code -> displayed text."""

from typing import Final

MOVEMENT_KINDS: Final[dict[str, str]] = {"1": "転入", "2": "転居", "3": "転出", "4": "世帯変更"}
"""異動区分 (住民基本台帳法 22 to 25)."""

MOVE_IN: Final = "1"
MOVE_OUT: Final = "3"
HOUSEHOLD_CHANGE: Final = "4"

NOTIFIER_RELATIONS: Final[dict[str, str]] = {"01": "本人", "02": "世帯主", "03": "同一世帯員", "09": "代理人"}
"""届出人区分."""

SEXES: Final[dict[str, str]] = {"1": "男", "2": "女"}
"""性別."""

RELATIONSHIPS: Final[dict[str, str]] = {
    "01": "世帯主",
    "02": "妻",
    "03": "夫",
    "04": "子",
    "05": "父",
    "06": "母",
    "10": "同居人",
    "99": "その他",
}
"""続柄 (relationship to the head of the household)."""

OTHER_RELATIONSHIP: Final = "99"


def code_of(table: dict[str, str], code_or_text: str) -> str | None:
    """Return the code for a code or for its displayed text; None when ``table`` has neither."""
    if code_or_text in table:
        return code_or_text
    return next((code for code, text in table.items() if text == code_or_text), None)
