"""The kinds of rule that a form may use: one function a kind, found by the name that ``form.yaml`` gives.

Each judge gets the rule, the form and the values by field name, and answers with the names of the fields that break the
rule; an empty tuple means that the rule holds or that it cannot be judged because a field is blank.

Every rule may have conditions, whatever its kind: ``when`` (fields and the values of which each must have one),
``when_filled`` and ``unless_filled`` (fields that must all, or may none, be filled).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from munibots.checking.rules import amounts, comparisons, days, groups, look_ups, presence
from munibots.checking.rules.values import Judge, Values, all_hold
from munibots.domain.form import Form, Rule
from munibots.domain.reading import CheckResult
from munibots.errors import DefinitionError

__all__ = ["RULE_KINDS", "Values", "judge"]


def judge(form: Form, values: Values) -> tuple[CheckResult, ...]:
    """Judge every rule of the form.

    Returns:
        One result a rule that applies, in the form's order; broken rules name the fields that break them.

    Raises:
        DefinitionError: The form uses a kind of rule that does not exist.
    """
    results = []
    for rule in form.rules:
        kind = RULE_KINDS.get(rule.kind)
        if kind is None:
            known = "、".join(sorted(RULE_KINDS))
            problem = f"規則 {rule.id} の kind「{rule.kind}」はありません。使えるのは {known} です。"
            raise DefinitionError(file=f"forms/{form.id}/form.yaml", line=0, problem=problem)
        if not _applies(rule, values):
            continue
        broken = kind(rule, form, values)
        results.append(
            CheckResult(
                rule=rule.id,
                fields=broken or rule.fields,
                ok=not broken,
                message_ja=rule.message_ja,
                severity=rule.severity,
            )
        )
    return tuple(results)


def _applies(rule: Rule, values: Values) -> bool:
    if not all_hold(rule.params.get("when", {}), values):
        return False
    if not all(values.get(name) for name in rule.params.get("when_filled", ())):
        return False
    return not any(values.get(name) for name in rule.params.get("unless_filled", ()))


RULE_KINDS: Mapping[str, Judge] = MappingProxyType(
    {
        "required": presence.required,
        "one_of_required": presence.one_of_required,
        "all_or_none": presence.all_or_none,
        "counts_fit_marks": presence.counts_fit_marks,
        "equal": comparisons.equal,
        "distinct": comparisons.distinct,
        "exclusive_mark": comparisons.exclusive_mark,
        "implies": comparisons.implies,
        "same_kana": comparisons.same_kana,
        "matches": comparisons.matches,
        "not_after": days.not_after,
        "within_days": days.within_days,
        "age_between": days.age_between,
        "age_fits": days.age_fits,
        "required_by_age": days.required_by_age,
        "age_implies": days.age_implies,
        "time_order": days.time_order,
        "month_day": days.month_day,
        "sum_equals": amounts.sum_equals,
        "product_equals": amounts.product_equals,
        "cut_to": amounts.cut_to,
        "at_most": amounts.at_most,
        "group_complete": groups.group_complete,
        "group_not_after": groups.group_not_after,
        "group_distinct": groups.group_distinct,
        "group_at_most_one": groups.group_at_most_one,
        "group_implies": groups.group_implies,
        "group_required": groups.group_required,
        "group_fiscal_age": groups.group_fiscal_age,
        "postal_fits": look_ups.postal_fits,
        "bank_fits": look_ups.bank_fits,
        "branch_fits": look_ups.branch_fits,
    }
)
