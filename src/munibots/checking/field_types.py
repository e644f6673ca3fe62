"""What every field of a type must be, wherever it stands: check digits, kana rules, possible numbers."""

from __future__ import annotations

from munibots.domain.form import Field, FieldType, Severity
from munibots.domain.reading import CheckResult
from munibots.japanese.kana import kana_doubts
from munibots.japanese.numbers import is_corporate_number, is_my_number
from munibots.japanese.phones import InvalidPhoneError, normalise_phone
from munibots.japanese.postal import InvalidPostalCodeError, normalise_postal_code

__all__ = ["check_field"]


def check_field(field: Field, value: str | tuple[str, ...] | None, *, written: bool) -> tuple[CheckResult, ...]:
    """Check one value by the rules of its type.

    Args:
        field: The slot.
        value: Normalised value, ``None`` where none could be made.
        written: Something is written in the field; a written field without a value is a broken rule of its own.

    Returns:
        The broken rules only.
    """
    if not written:
        return (_broken(field, "required", "記入がありません"),) if field.required else ()
    if value is None:
        return (_broken(field, f"{field.type.value}-readable", _UNREADABLE.get(field.type, "値を決められません")),)
    if isinstance(value, tuple):
        return ()
    problem = _PROBLEMS[field.type](field, value) if field.type in _PROBLEMS else None
    return (_broken(field, f"{field.type.value}-sound", problem),) if problem else ()


def _broken(field: Field, rule: str, problem_ja: str) -> CheckResult:
    return CheckResult(
        rule=rule,
        fields=(field.name,),
        ok=False,
        message_ja=f"{field.label_ja}: {problem_ja}。",
        severity=Severity.ERROR,
    )


def _my_number(field: Field, value: str) -> str | None:
    return None if is_my_number(value) else "検査用数字が合いません"


def _corporate_number(field: Field, value: str) -> str | None:
    return None if is_corporate_number(value) else "検査用数字が合いません"


def _digits(field: Field, value: str) -> str | None:
    if not value.isdigit():
        return "数字ではありません"
    return None if field.digits in (None, len(value)) else f"{field.digits} 桁の数字ではありません"


def _kana(field: Field, value: str) -> str | None:
    doubts = kana_doubts(value)
    return doubts[0] if doubts else None


def _phone(field: Field, value: str) -> str | None:
    try:
        normalise_phone(value)
    except InvalidPhoneError:
        return "電話番号の桁数や市外局番が合いません"
    return None


def _postal_code(field: Field, value: str) -> str | None:
    try:
        normalise_postal_code(value)
    except InvalidPostalCodeError:
        return "郵便番号の形ではありません"
    return None


_PROBLEMS = {
    FieldType.MY_NUMBER: _my_number,
    FieldType.CORPORATE_NUMBER: _corporate_number,
    FieldType.DIGITS: _digits,
    FieldType.KANA: _kana,
    FieldType.PHONE: _phone,
    FieldType.POSTAL_CODE: _postal_code,
}

_UNREADABLE = {
    FieldType.DATE: "暦にない日付か、読み取れない日付です",
    FieldType.CHOICE: "選択を一つに決められません",
    FieldType.MY_NUMBER: "12 桁の番号として読めません",
}
