"""What the report says of one case, as plain data that is already masked.

Nothing downstream of this module sees a value that was read from paper: a :class:`CaseFacts` is safe to print.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum

from munibots.definitions.form_files import load_form
from munibots.domain.case import CASE_STATES_JA, Case, CaseState
from munibots.domain.document import PageKind
from munibots.domain.form import Field, FieldType, Form, Severity
from munibots.domain.reading import DocumentReading, FieldValue
from munibots.domain.review import AuditRecord, Review, ReviewOutcome
from munibots.errors import DefinitionNotFoundError
from munibots.japanese.eras import format_era
from munibots.reporting.masking import Masker, masked_file_name, masked_value

__all__ = ["CaseFacts", "CheckFact", "FieldFact", "How", "Moment", "case_facts", "form_of", "moment_ja"]

Value = str | tuple[str, ...] | None

# Japan has no summer time and one zone; a fixed offset needs no time zone database (Windows ships none).
_JAPAN = timezone(timedelta(hours=9))


class How(StrEnum):
    """By whom a field stands as it does."""

    ACCEPTED = "accepted"
    """Accepted without human eyes."""
    DECIDED = "decided"
    """Decided by a person."""
    WAITING = "waiting"
    """Not sure enough, and nobody has decided yet."""
    BLANK = "blank"
    """Nothing is written there, and nothing need be."""

    @property
    def ja(self) -> str:
        """Text shown for it."""
        return _HOW_JA[self]


_HOW_JA = {How.ACCEPTED: "自動で採用", How.DECIDED: "人が判断", How.WAITING: "未確認", How.BLANK: "空欄"}

_EVENTS_JA = {
    "received": "受け付けた",
    "not-readable": "開けないため人に回した",
    "read": "読み取った",
    "decided": "人が判断した",
    "typing_begun": "入力を始めた",
    "typing_begun_again": "入力をやり直した",
    "typing_given_up": "登録せずに入力をやめた",
    "submitting": "登録ボタンを押す直前",
    "entered": "登録を読み戻して確かめた",
    "flagged": "人に回した",
}
_ACTORS_JA = {"intake": "取り込み", "pipeline": "読み取りと検査", "robot": "ロボット"}
_BEFORE_PAGES_JA = {PageKind.ATTACHMENT: "添付 ", PageKind.BLANK: "白紙 "}
_DETAIL_JA = {"code": "コード", "screen": "画面", "field": "項目", "fields": "項目"}


@dataclass(frozen=True, slots=True)
class FieldFact:
    """One field of a case; ``right`` compares the final value with the truth, where there is one."""

    no: int
    name: str
    label_ja: str
    how: How
    confidence: float | None
    masked_ja: str
    decided_by: str
    corrected: bool
    reasons: tuple[str, ...]
    right: bool | None = None

    @property
    def percent_ja(self) -> str:
        """The confidence for display; never rounded up to certainty."""
        if self.confidence is None:
            return "―"
        return f"{min(99.9, int(self.confidence * 1000) / 10):.1f}%" if self.confidence < 1 else "100%"


@dataclass(frozen=True, slots=True)
class CheckFact:
    """A rule that failed."""

    severity: Severity
    message_ja: str
    labels_ja: tuple[str, ...]

    @property
    def severity_ja(self) -> str:
        """Text shown for the severity."""
        return "エラー" if self.severity is Severity.ERROR else "注意"


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline."""

    at_ja: str
    actor: str
    text_ja: str
    change_ja: str
    detail_ja: str


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """All that the report says of one case.

    Attributes:
        no: From 1, in the order of receipt.
        attached_nos: Numbers, from 1, of the case's pages that are attachments.
        layout_id: The layout that was laid over the pages, ``None`` for an unknown form.
        blanks_ja: Labels of the blank fields; a group's slot that is blank as a whole is named once.
        read_ok: A form was recognised and its fields were read.
    """

    no: int
    id: str
    state: CaseState
    source: str
    pages_ja: str
    attached_nos: tuple[int, ...]
    form_ja: str
    form_id: str | None
    profile: str
    layout_id: str | None
    match_ja: str
    received_ja: str
    changed_ja: str
    receipt_no: str | None
    auto_approved: bool
    by_hand: bool
    reviewers: tuple[str, ...]
    read_ok: bool
    problem: tuple[str, str, str] | None
    fields: tuple[FieldFact, ...]
    blanks_ja: tuple[str, ...]
    checks: tuple[CheckFact, ...]
    checks_passed: int
    notices: tuple[str, ...]
    moments: tuple[Moment, ...]

    @property
    def state_ja(self) -> str:
        """Text shown for the state."""
        return CASE_STATES_JA[self.state]

    @property
    def needs_person(self) -> bool:
        """Somebody still has to do something."""
        return self.state in (CaseState.NEEDS_REVIEW, CaseState.FLAGGED)

    def count(self, how: How) -> int:
        """Number of fields that stand so."""
        return sum(f.how is how for f in self.fields)


def form_of(form_id: str | None) -> Form | None:
    """The form's definition, or ``None`` where it is unknown on this machine (the report is then less talkative)."""
    if form_id is None:
        return None
    try:
        return load_form(form_id)
    except DefinitionNotFoundError:
        return None


def moment_ja(at: datetime) -> str:
    """A moment in Japanese time, e.g. ``令和8年11月24日 17:05``."""
    local = at.astimezone(_JAPAN)
    return f"{format_era(local.date())} {local:%H:%M}"


def case_facts(
    no: int,
    case: Case,
    reading: DocumentReading | None,
    values: Mapping[str, Value],
    reviews: Sequence[Review],
    audit: Sequence[AuditRecord],
    truth: Mapping[str, Value] | None = None,
) -> CaseFacts:
    """Put together what the report says of one case.

    Args:
        no: From 1, in the order of receipt.
        values: Final values by field, after review.
        truth: True values by field; a field that is not in it is not judged.
    """
    form = form_of(case.form_id)
    kinds = {f.name: f for f in form.fields} if form is not None else {}
    shown_source = masked_file_name(case.source, form)
    masker = Masker(_personal(reading, values, reviews, kinds), file_name=case.source, shown_file_name=shown_source)
    labels = {v.name: v.label_ja for v in reading.values} if reading is not None else {}
    problem = case.problem or (reading.problem if reading is not None else None)
    checks = reading.checks if reading is not None else ()
    fields = tuple(_fields(reading, values, reviews, kinds, masker, truth))
    return CaseFacts(
        no=no,
        id=case.id,
        state=case.state,
        source=shown_source,
        pages_ja=_pages_ja(case),
        attached_nos=case.page_nos(PageKind.ATTACHMENT),
        form_ja=form.name_ja if form is not None else "不明な様式",
        form_id=case.form_id,
        profile=case.profile,
        layout_id=reading.match.layout_id if reading is not None else None,
        match_ja=_match_ja(reading),
        received_ja=moment_ja(case.received_at),
        changed_ja=moment_ja(case.changed_at),
        receipt_no=case.receipt_no,
        auto_approved=case.auto_approved,
        by_hand=any(r.outcome is ReviewOutcome.ENTERED_BY_HAND for r in reviews),
        reviewers=tuple(dict.fromkeys(r.reviewer for r in reviews)),
        read_ok=reading is not None and bool(reading.values),
        problem=None if problem is None else (problem[0], masker(problem[1]), masker(problem[2])),
        fields=fields,
        blanks_ja=tuple(_blanks_ja(fields, kinds)),
        checks=tuple(
            CheckFact(c.severity, masker(c.message_ja), tuple(labels.get(n, n) for n in c.fields))
            for c in sorted(checks, key=lambda c: c.severity is not Severity.ERROR)
            if not c.ok
        ),
        checks_passed=sum(c.ok for c in checks),
        notices=tuple(masker(n) for n in (reading.notices if reading is not None else ())),
        moments=tuple(_moment(record, labels, masker) for record in audit),
    )


def _pages_ja(case: Case) -> str:
    """E.g. ``3、4 ページ目、添付 5 ページ目``."""
    by_kind: dict[PageKind, list[str]] = {}
    for index, role in zip(case.page_indexes, case.page_roles, strict=True):
        by_kind.setdefault(role.kind, []).append(str(index + 1))
    return "、".join(
        f"{_BEFORE_PAGES_JA.get(kind, '')}{'、'.join(numbers)} ページ目" for kind, numbers in by_kind.items()
    )


def _personal(
    reading: DocumentReading | None,
    values: Mapping[str, Value],
    reviews: Sequence[Review],
    kinds: Mapping[str, Field],
) -> Iterator[str]:
    """Everything that was written, read or decided, but for chosen words: those are printed on every form."""

    def free(name: str) -> bool:
        return name not in kinds or kinds[name].type not in (FieldType.CHOICE, FieldType.MARKS)

    for v in reading.values if reading is not None else ():
        if free(v.name):
            yield v.text
            yield from v.candidates
            yield from _strings(v.value)
    for name, value in values.items():
        if free(name):
            yield from _strings(value)
    for review in reviews:
        for correction in review.corrections:
            if free(correction.field):
                yield from _strings(correction.value)


def _strings(value: Value) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


def _match_ja(reading: DocumentReading | None) -> str:
    if reading is None or reading.match.form_id is None:
        return ""
    match = reading.match
    parts = [f"様式の確信度 {min(99.9, int(match.confidence * 1000) / 10):.1f}%"]
    if match.registration_error_mm is not None:
        parts.append(f"位置合わせのずれ {match.registration_error_mm:.2f} mm")
    if match.turned_deg:
        parts.append(f"{match.turned_deg} 度回転して正立")
    return "、".join(parts)


def _fields(
    reading: DocumentReading | None,
    values: Mapping[str, Value],
    reviews: Sequence[Review],
    kinds: Mapping[str, Field],
    masker: Masker,
    truth: Mapping[str, Value] | None,
) -> Iterator[FieldFact]:
    for no, v in enumerate(reading.values if reading is not None else (), start=1):
        how, reviewer, corrected = _how(v, reviews)
        final = values.get(v.name, v.value)
        yield FieldFact(
            no=no,
            name=v.name,
            label_ja=v.label_ja,
            how=how,
            # Of a field that waits for a person it would tell the sampled ones from the doubtful ones.
            confidence=None if how is How.WAITING else v.confidence,
            masked_ja=masked_value(final, kinds[v.name].type if v.name in kinds else None),
            decided_by=reviewer,
            corrected=corrected,
            reasons=tuple(masker(r) for r in v.reasons),
            right=None if truth is None or v.name not in truth else final == truth[v.name],
        )


def _how(v: FieldValue, reviews: Sequence[Review]) -> tuple[How, str, bool]:
    """How a field came to stand as it does, who decided it, and whether that person changed it."""
    for review in reversed(reviews):
        for correction in review.corrections:
            if correction.field == v.name and correction.value != v.value:
                return How.DECIDED, review.reviewer, True
    if v.accepted:
        return (How.BLANK, "", False) if v.blank else (How.ACCEPTED, "自動", False)
    approving = [r for r in reviews if r.outcome is not ReviewOutcome.REJECT]
    if approving:
        return How.DECIDED, approving[0].reviewer, False
    return How.WAITING, "", False


def _blanks_ja(fields: Sequence[FieldFact], kinds: Mapping[str, Field]) -> Iterator[str]:
    def slot(f: FieldFact) -> tuple[str | None, int | None]:
        return (kinds[f.name].group, kinds[f.name].group_no) if f.name in kinds else (None, None)

    written = {slot(f) for f in fields if f.how is not How.BLANK}
    named = set()
    for f in fields:
        if f.how is not How.BLANK:
            continue
        where = slot(f)
        if where[0] is None or where in written:
            yield f.label_ja
        elif where not in named:
            named.add(where)
            # The label of a field in a group begins with the slot's own: 異動者2 氏名.
            yield f"{f.label_ja.partition(' ')[0]} のすべて"


def _moment(record: AuditRecord, labels: Mapping[str, str], masker: Masker) -> Moment:
    def state_ja(state: str | None) -> str:
        return "" if state is None else CASE_STATES_JA[CaseState(state)]

    old, new = state_ja(record.old_state), state_ja(record.new_state)
    local = record.at.astimezone(_JAPAN)
    return Moment(
        at_ja=f"{local.month}月{local.day}日 {local:%H:%M:%S}",
        actor=_ACTORS_JA.get(record.actor, record.actor),
        text_ja=_EVENTS_JA.get(record.event, record.event),
        change_ja=f"{old} → {new}" if old and new and old != new else new,
        # Only details that are known to hold no values; whatever else a room writes there stays in the store.
        detail_ja="、".join(
            f"{_DETAIL_JA[key]} {masker(_detail_text(value, labels))}"
            for key, value in record.detail.items()
            if key in _DETAIL_JA and isinstance(value, str | list | tuple) and value
        ),
    )


def _detail_text(value: object, labels: Mapping[str, str]) -> str:
    if isinstance(value, list | tuple):
        return "・".join(labels.get(str(item), str(item)) for item in value)
    return labels.get(str(value), str(value))
