"""The vendor's own input checks, one function per screen. Each returns messages in screen order."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from munibots.demo.core_system import codes, fields, kana, wareki
from munibots.demo.core_system.messages import Message, message

_POSTAL_CODE: Final = re.compile(r"[0-9]{3}-[0-9]{4}")
_PHONE: Final = re.compile(r"[0-9]+(?:-[0-9]+){0,2}")
_NAME_WITH_SPACE: Final = re.compile(r"[^ \u3000]+(?:\u3000[^ \u3000]+)+")
_NOTICE_PERIOD: Final = timedelta(days=14)  # 住民基本台帳法 22, 23, 25


def date_element_ids(prefix: str, suffix: str = "") -> tuple[str, str, str, str]:
    """Return the ids of an era select and its three boxes."""
    return (
        f"ddl{prefix}YmdGengo{suffix}",
        f"txt{prefix}YmdNen{suffix}",
        f"txt{prefix}YmdTsuki{suffix}",
        f"txt{prefix}YmdHi{suffix}",
    )


def date_value(values: Mapping[str, str], prefix: str, suffix: str = "") -> date:
    """Return the date typed into an era select and three boxes.

    Raises:
        ValueError: There is no such date.
    """
    era, year, month, day = (values.get(name, "") for name in date_element_ids(prefix, suffix))
    return wareki.parse_boxes(era, year, month, day)


def check_notification(values: Mapping[str, str], business_date: date) -> list[Message]:
    """Check 異動入力(1) 届出: required items, real dates, 異動日 against 届出日 (not for 転出)."""
    found = _select(values, "rdoIdoKbn", "異動区分", codes.MOVEMENT_KINDS, tuple(f"rdoIdoKbn{n}" for n in "1234"))
    found += _date(values, "届出日", "Todoke") + _date(values, "異動日", "Ido")
    found += _required(values, "txtTodokeninShimei", "届出人氏名")
    found += _select(values, "ddlTodokeninKbn", "届出人区分", codes.NOTIFIER_RELATIONS)
    phone = values.get("txtTodokeninTel", "")
    if phone and not _PHONE.fullmatch(phone):
        found.append(message("JKW0131-E", "届出人電話番号", at=("txtTodokeninTel",)))
    return found + _check_dates_together(values, business_date)


def _check_dates_together(values: Mapping[str, str], business_date: date) -> list[Message]:
    try:
        notified_on, moved_on = date_value(values, "Todoke"), date_value(values, "Ido")
    except ValueError:
        return []  # already reported for the single date
    found = []
    if values.get("rdoIdoKbn") != codes.MOVE_OUT:
        if moved_on > notified_on:
            found.append(message("JKW0124-E", at=date_element_ids("Ido")))
        elif notified_on - moved_on > _NOTICE_PERIOD:
            found.append(message("JKW0125-W"))
    if notified_on > business_date:
        found.append(message("JKW0126-W"))
    return found


def check_addresses(values: Mapping[str, str]) -> list[Message]:
    """Check 異動入力(2) 住所・世帯 for the 異動区分 already chosen in ``values``."""
    kind = values.get("rdoIdoKbn")
    found = _postal_code(values, "新郵便番号", "Shin") + _required(values, "txtShinJusho1", "新住所")
    if kind != codes.MOVE_OUT:
        found += _required(values, "txtShinNushi", "新世帯主")
    found += _postal_code(values, "旧郵便番号", "Kyu")
    if kind != codes.HOUSEHOLD_CHANGE:
        found += _required(values, "txtKyuJusho1", "旧住所")
    return found


def used_rows(values: Mapping[str, str]) -> list[int]:
    """Return the numbers (from 1) of the 異動者 rows in which anything was typed or chosen."""
    return [
        row_no for row_no in fields.PERSON_ROWS if any(values.get(name, "") for name in fields.person_fields(row_no))
    ]


def check_people(values: Mapping[str, str]) -> list[Message]:
    """Check 異動入力(3) 異動者: at least one row, no gap, and every used row complete."""
    rows = used_rows(values)
    if not rows:
        return [message("JKW0160-E", at=("txtIdoshaKana1",))]
    found = []
    if rows != list(range(1, len(rows) + 1)):
        found.append(message("JKW0161-E"))
    for row_no in rows:
        found += _check_person(values, row_no)
    return found


def _check_person(values: Mapping[str, str], row_no: int) -> list[Message]:
    kana_id, name_id = f"txtIdoshaKana{row_no}", f"txtIdoshaKanji{row_no}"
    place = f"{row_no}行目の"
    found = _required(values, kana_id, f"{place}カナ氏名")
    if not found and not kana.is_half_width_name(values[kana_id]):
        found.append(message("JKW0140-E", f"{place}カナ氏名", at=(kana_id,)))
    missing_name = _required(values, name_id, f"{place}漢字氏名")
    found += missing_name
    if not missing_name and not _NAME_WITH_SPACE.fullmatch(values[name_id]):
        found.append(message("JKW0141-E", f"{place}漢字氏名", at=(name_id,)))
    found += _birth_date(values, row_no, f"{place}生年月日")
    found += _select(values, f"ddlSeibetsu{row_no}", f"{place}性別", codes.SEXES)
    found += _select(values, f"ddlZokugara{row_no}", f"{place}続柄", codes.RELATIONSHIPS)
    code_id = f"txtJuminhyoCd{row_no}"
    code = values.get(code_id, "")
    if code and not re.fullmatch("[0-9]{11}", code):
        found.append(message("JKW0150-E", f"{place}住民票コード", at=(code_id,)))
    return found + _my_number(values, row_no, f"{place}個人番号")


def _birth_date(values: Mapping[str, str], row_no: int, label: str) -> list[Message]:
    found = _date(values, label, "Sei", str(row_no))
    if found:
        return found
    try:
        notified_on = date_value(values, "Todoke")
    except ValueError:
        return []  # reported on 異動入力(1)
    if date_value(values, "Sei", str(row_no)) > notified_on:
        return [message("JKW0127-E", label, at=date_element_ids("Sei", str(row_no)))]
    return []


def _my_number(values: Mapping[str, str], row_no: int, label: str) -> list[Message]:
    names = tuple(f"txtKojinNo{row_no}_{box}" for box in (1, 2, 3))
    boxes = [values.get(name, "") for name in names]
    if not any(boxes):
        return []
    if not all(re.fullmatch("[0-9]{4}", box) for box in boxes):
        return [message("JKW0151-E", label, at=names)]
    if not is_my_number("".join(boxes)):
        return [message("JKW0152-E", label, at=names)]
    return []


def is_my_number(digits: str) -> bool:
    """Whether 12 digits carry the right check digit (平成26年総務省令第85号 第5条); twelve zeros do not count."""
    if not re.fullmatch("[0-9]{12}", digits) or digits == "0" * 12:
        return False
    total = sum(int(digit) * (n + 1 if n <= 6 else n - 5) for n, digit in enumerate(reversed(digits[:11]), start=1))
    remainder = total % 11
    return int(digits[11]) == (0 if remainder <= 1 else 11 - remainder)


def check_search(kana_name: str, **eight_digit_dates: tuple[str, str]) -> list[Message]:
    """Check search boxes.

    Args:
        kana_name: What was typed into カナ氏名; must not be empty.
        eight_digit_dates: Element id -> (label, typed text); an empty text is not searched for.
    """
    found = []
    if not kana_name:
        found.append(message("JKW0101-E", "カナ氏名", at=("txtKanaShimei",)))
    elif not kana.is_half_width_search(kana_name):
        found.append(message("JKW0142-E", "カナ氏名", at=("txtKanaShimei",)))
    for element_id, (label, text) in eight_digit_dates.items():
        if not text:
            continue
        try:
            wareki.parse_eight_digits(text)
        except ValueError:
            code = "JKW0123-E" if re.fullmatch("[0-9]{8}", text) else "JKW0128-E"
            found.append(message(code, label, at=(element_id,)))
    return found


def check_all(values: Mapping[str, str], business_date: date) -> list[Message]:
    """Check the whole 異動 again, as the 確認 screen does."""
    return check_notification(values, business_date) + check_addresses(values) + check_people(values)


def _required(values: Mapping[str, str], name: str, label: str) -> list[Message]:
    return [] if values.get(name) else [message("JKW0101-E", label, at=(name,))]


def _select(
    values: Mapping[str, str],
    name: str,
    label: str,
    table: Mapping[str, str],
    element_ids: tuple[str, ...] | None = None,
) -> list[Message]:
    if values.get(name) in table:
        return []
    return [message("JKW0102-E", label, at=element_ids or (name,))]


def _date(values: Mapping[str, str], label: str, prefix: str, suffix: str = "") -> list[Message]:
    element_ids = date_element_ids(prefix, suffix)
    if not any(values.get(name) for name in element_ids[1:]):
        return [message("JKW0101-E", label, at=element_ids)]
    try:
        date_value(values, prefix, suffix)
    except ValueError:
        return [message("JKW0123-E", label, at=element_ids)]
    return []


def _postal_code(values: Mapping[str, str], label: str, side: str) -> list[Message]:
    names = (f"txt{side}Yubin1", f"txt{side}Yubin2")
    first, second = (values.get(name, "") for name in names)
    if not first and not second:
        return []
    if _POSTAL_CODE.fullmatch(f"{first}-{second}"):
        return []
    return [message("JKW0130-E", label, at=names)]
