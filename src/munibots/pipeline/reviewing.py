"""What a person decides of a case, checked by the same rules as what the machine read.

Among the fields that a person is asked to look at are some that the machine was sure of (see
:mod:`munibots.checking.audit_sample`); what becomes of them is held against the promise.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from munibots.definitions.form_files import load_form
from munibots.definitions.profile_files import load_profile
from munibots.domain.case import Case, CaseState
from munibots.domain.form import Form, Severity
from munibots.domain.normalising import UnfitValueError, normalise, same_value
from munibots.domain.profile import Profile
from munibots.domain.reading import CheckResult, DocumentReading, FieldValue
from munibots.domain.review import Correction, Review, ReviewOutcome
from munibots.errors import DefinitionNotFoundError, EntryDoubtError, SavedRecordMismatchError, UsageError
from munibots.pipeline.conductor import SAME_SHEET
from munibots.pipeline.document_reader import check_values
from munibots.pipeline.page_checks import PAGES_MISSING, UNCLAIMED_WRITING
from munibots.pipeline.promise_watch import watch_promise
from munibots.stores.case_store import CaseStore

__all__ = ["decide_case", "doubtful_fields", "for_review", "open_problems"]

_MAY_BE_SAVED = (EntryDoubtError.code, SavedRecordMismatchError.code)


def doubtful_fields(reading: DocumentReading) -> tuple[FieldValue, ...]:
    """The fields that a person must look at.

    Their confidence is left out: it would tell the sampled ones from the doubtful ones, and lead the eye.
    """
    return tuple(replace(v, confidence=None) for v in reading.values if not v.accepted)


def for_review(reading: DocumentReading) -> DocumentReading:
    """The reading as a person may see it before the decision: without the confidence of the fields to look at."""
    hidden = {v.name: v for v in doubtful_fields(reading)}
    return replace(reading, values=tuple(hidden.get(v.name, v) for v in reading.values))


def open_problems(
    form: Form, reading: DocumentReading, corrections: Mapping[str, Correction]
) -> tuple[CheckResult, ...]:
    """The error rules that are still broken once the corrections, of this and of earlier reviews, are made."""
    values = tuple(
        replace(v, value=corrections[v.name].value, text=_text(corrections[v.name])) if v.name in corrections else v
        for v in reading.values
    )
    # What only the whole store or the paper can know (the same sheet twice, a page that is missing, 取下げ across the sheet)
    # is not judged anew: it stays open until a person says why.
    kept = tuple(c for c in reading.checks if c.rule in (SAME_SHEET, PAGES_MISSING, UNCLAIMED_WRITING))
    checks = (*check_values(form, values), *kept)
    return tuple(c for c in checks if not c.ok and c.severity is Severity.ERROR)


def decide_case(
    store: CaseStore,
    case_id: str,
    *,
    reviewer: str,
    outcome: ReviewOutcome,
    corrections: Mapping[str, str] | None = None,
    reason_ja: str = "",
    seconds: float | None = None,
    revision: int | None = None,
) -> bool:
    """Record what a person decided.

    Args:
        corrections: By field name, as the person typed them; normalised here.
        reason_ja: Why; needed to reject, and to approve against a broken rule.
        revision: The case's revision that the person saw; the current one if not given.

    Returns:
        False if the case has moved on since that revision; nothing is written then.

    Raises:
        UsageError: The corrections do not fit, a rule is still broken and no reason is given, or the case is not one
            that a person may decide so.
    """
    case = store.get(case_id)
    reading = store.reading(case_id)
    made: dict[str, Correction] = {}
    if corrections:
        made = _corrections(case.form_id, corrections)
    if outcome is ReviewOutcome.REJECT and not reason_ja:
        raise UsageError(problem="却下には理由(--reason)が要ります。")
    reads_again = outcome is ReviewOutcome.RETRY and case.state is CaseState.NEEDS_REVIEW
    if reads_again:
        _must_be_readable(store, case, reading, made)
    elif outcome is ReviewOutcome.APPROVE or (outcome is ReviewOutcome.RETRY and made):
        _must_be_enterable(store, case, reading, outcome, made, reason_ja)
    review = Review(
        case_id=case_id,
        reviewer=reviewer,
        outcome=outcome,
        corrections=tuple(made.values()),
        reason_ja=reason_ja,
        seconds=seconds,
    )
    waiting = {CaseState.NEEDS_REVIEW, CaseState.FLAGGED}
    if case.state not in waiting:
        raise UsageError(
            problem=f"案件 {case_id} は人の判断を待っていません。",
            hint="人を待つ案件は `munibots review list` で、案件の状態は `munibots review show` で見られます。",
        )
    found = _found(store, case, reading, made) if outcome is ReviewOutcome.APPROVE else {}
    recorded = store.decide(review, revision=case.revision if revision is None else revision, found=found)
    if recorded and found:
        watch_promise(store, _profile_of(case))
    return recorded


def _must_be_readable(
    store: CaseStore, case: Case, reading: DocumentReading | None, made: Mapping[str, Correction]
) -> None:
    """Whether it makes sense to read a case again.

    Raises:
        UsageError: It has been read, it is to be corrected as well, or there is nothing to read.
    """
    if reading is not None and reading.values:
        raise UsageError(problem=f"案件 {case.id} は読み取れています。項目を直して承認するか、却下してください。")
    if made:
        raise UsageError(problem="読み取れていない案件の項目は直せません。")
    if not case.page_indexes or len(store.scan_nos(case.id)) < len(case.page_indexes):
        raise UsageError(
            problem=f"案件 {case.id} には開けるスキャンがないので、読み直せません。スキャンし直してください。"
        )


def _must_be_enterable(
    store: CaseStore,
    case: Case,
    reading: DocumentReading | None,
    outcome: ReviewOutcome,
    made: Mapping[str, Correction],
    reason_ja: str,
) -> None:
    """Whether what a person lets through can be typed into the core system.

    Raises:
        UsageError: It was not read, a field is still without a value, a rule is broken without a reason, or the case would
            no longer be found under the key by which it may be registered already.
    """
    if reading is None or case.form_id is None or not reading.values:
        raise UsageError(
            problem=f"案件 {case.id} は読み取れていないので承認できません。却下して再提出を求めてください。"
        )
    form = load_form(case.form_id)
    code = case.problem[0] if case.problem else None
    moved = [form.field(name).label_ja for name in form.identity if name in made]
    if outcome is ReviewOutcome.RETRY and code in _MAY_BE_SAVED and moved:
        raise UsageError(
            problem=f"登録されているかもしれない案件なので、{'、'.join(moved)} を変えて入力し直すことはできません。"
            "基幹システムを照会し、登録があれば --entered、なければ却下してください。"
        )
    decided = {c.field: c for review in store.reviews(case.id) for c in review.corrections} | dict(made)
    unread = [v.label_ja for v in reading.values if not v.blank and v.value is None and v.name not in decided]
    if unread:
        raise UsageError(
            problem=f"読み取れていない項目があります: {'、'.join(unread)} 値か、空欄にするなら「項目=」を --set で入れてください。"
        )
    broken = open_problems(form, reading, decided)
    if broken and not reason_ja:
        listed = " ".join(c.message_ja for c in broken)
        raise UsageError(
            problem=f"まだ合わない項目があります: {listed} このまま承認するには理由(--reason)を書いてください。"
        )


def _found(
    store: CaseStore, case: Case, reading: DocumentReading | None, made: Mapping[str, Correction]
) -> dict[str, bool]:
    """Of the sampled fields, whether the person kept what was read."""
    sampled = store.sample(case.id)
    if not sampled or reading is None or case.form_id is None:
        return {}
    form = load_form(case.form_id)
    return {
        name: name not in made or same_value(form.field(name).type, made[name].value, reading.value(name).value)
        for name in sampled
    }


def _profile_of(case: Case) -> Profile:
    try:
        return load_profile(case.profile)
    except DefinitionNotFoundError:  # the store outlives a profile that was taken away
        return Profile(case.profile, case.profile)


def _corrections(form_id: str | None, typed: Mapping[str, str]) -> dict[str, Correction]:
    if form_id is None:
        raise UsageError(problem="様式が分からない案件の項目は直せません。")
    form = load_form(form_id)
    made = {}
    for name, text in typed.items():
        try:
            field = form.field(name)
        except KeyError:
            raise UsageError(
                problem=f"項目 {name} は様式 {form.name_ja} にありません。",
                hint=f"項目の名前は `munibots explain {form.id}` と `munibots review show` で見られます。",
            ) from None
        # Such a character cannot be seen on the screen, and would be typed into the core system.
        if any(unicodedata.category(c) in ("Cc", "Cf") for c in text if c not in "\n\t"):
            raise UsageError(
                problem=f"{field.label_ja} に目に見えない文字(ゼロ幅の空白など)が入っています。打ち直してください。"
            )
        try:
            made[name] = Correction(name, normalise(field, text))
        except UnfitValueError as e:
            raise UsageError(problem=str(e)) from e
    return made


def _text(correction: Correction) -> str:
    value = correction.value
    if value is None:
        return ""
    return value if isinstance(value, str) else "、".join(value)
