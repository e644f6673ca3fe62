"""Telephone numbers with hyphens where the area code ends.

Rules: 電気通信番号規則 (令和元年総務省令第4号) and 総務省「市外局番の一覧」. A geographic number has ten
digits, of which the area code and the exchange make six. The table says how long the area code is. Where
neighbouring areas share their first five digits and only the sixth decides, the table is silent, and a number
stays divided as it was written.
"""

from __future__ import annotations

import re

from munibots.japanese.width import fold_width

__all__ = ["InvalidPhoneError", "normalise_phone"]


class InvalidPhoneError(ValueError):
    """A text that cannot be a Japanese telephone number. The message never holds the text."""


# First three digits -> the fourth digits that belong to a four-digit area code. With any other fourth digit
# the area code is the three digits themselves.
_FOUR_DIGIT_AREAS = {
    "011": "", "012": "3456", "013": "3456789", "014": "23456", "015": "2345678", "016": "234567",
    "017": "2345689", "018": "234567", "019": "1234578", "022": "0345689", "023": "34578",
    "024": "01234678", "025": "0456789", "026": "013456789", "027": "046789", "028": "02345789",
    "029": "1345679", "042": "28", "043": "689", "044": "", "045": "", "046": "03567", "047": "05689",
    "048": "0", "049": "345", "052": "", "053": "1236789", "054": "4578", "055": "01345678",
    "056": "123456789", "057": "2345678", "058": "14567", "059": "456789", "072": "15", "073": "56789",
    "074": "023456789", "075": "", "076": "135678", "077": "01234689", "078": "", "079": "01456789",
    "082": "034679", "083": "345678", "084": "5678", "085": "23456789", "086": "356789", "087": "579",
    "088": "034579", "089": "2345678", "092": "0", "093": "0", "094": "02346789", "095": "0245679",
    "096": "456789", "097": "234789", "098": "0234567", "099": "34567",
}  # fmt: skip

_FOUR_DIGITS_ONLY = frozenset({"012", "013", "014", "016", "056", "057", "074"})

# Four-digit areas that share their digits with a wider one: which fifth digits belong to which area code. A
# fifth digit that is not listed is decided by the sixth, and left alone here.
_SHARED_AREAS = {
    "0154": "234569:0154 018:015", "0155": "234569:0155 017:015", "0223": "23:0223 01456789:022",
    "0250": "23456789:0250 01:025", "0254": "23456789:0254 01:025", "0255": "78:0255 01234569:025",
    "0256": "23456789:0256 01:025", "0257": "234:0257 0156789:025", "0258": "23456789:0258 01:025",
    "0259": "02345678:0259", "0264": "2345:0264 016789:026", "0278": "234567:0278 0189:027",
    "0283": "256789:0283 0134:028", "0289": "6789:0289 012345:028", "0291": "012345689:0291 7:029",
    "0293": "234:0293 0156789:029", "0422": "23456789:0422 01:042", "0428": "23789:0428 01456:042",
    "0429": "178:042 0234569:04", "0470": "2345678:0470 019:04", "0475": "2345678:0475 019:047",
    "0479": "2345678:0479 019:047", "0539": "9:0539 0123458:053", "0597": "012345678:0597",
    "0598": "2345678:0598 019:059", "0599": "2345678:0599 019:059", "0794": "678:0794 0123459:079",
    "0795": "23478:0795 01569:079", "0796": "234589:0796 0167:079", "0824": "45678:0824 01239:082",
    "0829": "3578:0829 0169:082", "0836": "123456789:0836 0:083", "0837": "2345:0837 01789:083",
    "0838": "23456:0838 01:083", "0839": "012345789:083", "0863": "012345789:0863",
    "0865": "467:0865 012389:086", "0866": "2345678:0866 01:086", "0867": "01456789:0867",
    "0868": "2345678:0868 019:086", "0869": "23678:0869 0145:086", "0993": "01256789:0993",
    "0994": "234569:0994 0178:099",
}  # fmt: skip

_FIVE_DIGIT_AREAS = frozenset({
    "01267", "01372", "01374", "01377", "01392", "01397", "01398", "01456", "01457", "01466", "01547",
    "01558", "01564", "01586", "01587", "01632", "01634", "01635", "01648", "01654", "01655", "01656",
    "01658", "04992", "04994", "04996", "04998", "05769", "07468", "08387", "08388", "08477", "08512",
    "08514", "09802", "09912", "09913", "09969",
})  # fmt: skip

_NO_PHONE = "電話番号として読めません。桁数と市外局番を確かめてください。"
# 0A0 numbers: mobile (070 080 090), IP (050), data (020), reserved for mobile (060).
_ELEVEN_DIGITS = re.compile(r"(0[256789]0)([1-9]\d{3})(\d{4})|(0800)(\d{3})(\d{4})")
_SERVICES = re.compile(r"(0120|0570|0990|0180|0170|0910)(\d{3})(\d{3})")


def normalise_phone(text: str) -> str:
    """Bring a Japanese telephone number to half-width digits with its hyphens.

    Mobile and IP numbers 3-4-4, 0800 4-3-4, 0120 and 0570 4-3-3, geographic numbers after their area code.
    Brackets, blanks, dots, any hyphen and the country code +81 are understood.

    Args:
        text: One number with its area code.

    Returns:
        For example ``03-1234-5678``. Where the table does not know the area code, the division that was
        written is kept if it is possible; if none was written, four digits are taken for the area code.

    Raises:
        InvalidPhoneError: Not ten or eleven digits from 0, or a sequence that no kind of number has.
    """
    plain = re.sub(r"^\+81[-\s]*(?:\(0\))?0?", "0", fold_width(text).strip())
    written = [part for part in re.split(r"[\s()\[\]./\-ー]+", plain) if part]
    digits = "".join(written)
    if not re.fullmatch(r"0[0-9]{9,10}", digits):
        raise InvalidPhoneError(_NO_PHONE)
    match = _ELEVEN_DIGITS.fullmatch(digits) if len(digits) == 11 else _SERVICES.fullmatch(digits)
    if match is not None:
        return "-".join(part for part in match.groups() if part)
    # Geographic numbers have ten digits; 00 is a carrier's prefix, and 0A0 is never an area, whatever A is.
    if len(digits) == 11 or digits[1] == "0" or (digits[2] == "0" and digits[:2] not in ("03", "06")):
        raise InvalidPhoneError(_NO_PHONE)
    area = _area_code(digits)
    if area is None:
        area = written[0] if _is_possible_division(written) else digits[:4]
    return f"{area}-{digits[len(area) : 6]}-{digits[6:]}"


def _area_code(digits: str) -> str | None:
    """The area code of a ten-digit geographic number, or None where the table is silent."""
    if digits[:2] in ("03", "06"):
        return digits[:2]
    if digits[:5] in _FIVE_DIGIT_AREAS:
        return digits[:5]
    if digits[:4] == "0471":
        return "04"
    if digits[:4] in _SHARED_AREAS:
        rows = (row.partition(":") for row in _SHARED_AREAS[digits[:4]].split())
        return next((code for fifths, _, code in rows if digits[4] in fifths), None)
    if digits[3] in _FOUR_DIGIT_AREAS.get(digits[:3], ""):
        return digits[:4]
    # A stem with no three-digit area of its own, and another fourth digit: no such area is known.
    return digits[:3] if digits[:3] in _FOUR_DIGIT_AREAS.keys() - _FOUR_DIGITS_ONLY else None


def _is_possible_division(written: list[str]) -> bool:
    return len(written) == 3 and 2 <= len(written[0]) <= 5 and len(written[0] + written[1]) == 6
