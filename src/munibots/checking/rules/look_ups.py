"""Rules that look values up in public tables."""

from __future__ import annotations

from munibots.checking.rules.values import Value, Values
from munibots.domain.form import Form, Rule
from munibots.reference.banks import bank, branch, find_banks, find_branches
from munibots.reference.postal_codes import Fit, address_fits

__all__ = ["bank_fits", "branch_fits", "postal_fits"]

# The tables name these institutions in short.
_SHORT = {"信用金庫": "信金", "信用組合": "信組", "労働金庫": "労金", "農業協同組合": "農協"}


def postal_fits(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """A postal code and an address name the same city."""
    code, address = (values.get(name) for name in rule.fields)
    if not isinstance(code, str) or not isinstance(address, str) or not code or not address:
        return ()
    return rule.fields if address_fits(code, address) in (Fit.CONFLICT, Fit.UNKNOWN) else ()


def bank_fits(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """A bank's four-digit code and its name belong together; without a name, the code is some bank's."""
    code, name = (_text(values.get(field)) for field in rule.fields)
    if not code:
        return ()
    if not name:
        return () if bank(code) else rule.fields[:1]
    return () if any(found.code == code for found in find_banks(_short(name))) else rule.fields


def branch_fits(rule: Rule, form: Form, values: Values) -> tuple[str, ...]:
    """A bank's code, a branch's three-digit code and, if the rule names it, the branch's name belong together."""
    bank_code, branch_code, *names = (_text(values.get(field)) for field in rule.fields)
    # A wrong bank is bank_fits's affair.
    if not bank_code or not branch_code or bank(bank_code) is None:
        return ()
    if not any(names):
        return () if branch(bank_code, branch_code) else rule.fields[:2]
    return () if any(found.code == branch_code for found in find_branches(bank_code, names[0])) else rule.fields


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""


def _short(bank_name: str) -> str:
    for long, short in _SHORT.items():
        bank_name = bank_name.replace(long, short)
    return bank_name
