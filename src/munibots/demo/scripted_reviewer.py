"""The demo's reviewer: decides doubtful fields as a careful person with the paper in hand would.

It looks only at what a person is asked to look at. A field that was accepted without eyes stays as it was read, right or
wrong: otherwise the demo would hide the very error that it must measure. Sampled fields look doubtful, and are decided as such.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from munibots.demo.city.scans import SheetTruth
from munibots.domain.case import Case, CaseState
from munibots.domain.review import ReviewOutcome
from munibots.pipeline.reviewing import decide_case, doubtful_fields
from munibots.stores.case_store import CaseStore

__all__ = ["REVIEWER", "review_all"]

REVIEWER = "demo-reviewer"

_REJECTIONS = {
    "duplicate": "同じ届を二度スキャンしたもの",
    "no_such_date": "暦にない日付のため、届出人に返す",
    "wrong_my_number": "個人番号の記入誤りのため、届出人に返す",
}


def review_all(
    store: CaseStore,
    sheets: Mapping[tuple[str, int], SheetTruth],
    *,
    bot_id: str,
    profile: str,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Decide every case that waits for a person.

    Args:
        sheets: What is really on each sheet, by file name and page index.

    Returns:
        How many cases were decided.
    """
    waiting = store.list(states=(CaseState.NEEDS_REVIEW,), bot_id=bot_id, profile=profile)
    for n, case in enumerate(waiting):
        _decide(store, case, sheets[case.source, case.page_indexes[0]])
        if progress is not None:
            progress(n + 1, len(waiting))
    return len(waiting)


def _decide(store: CaseStore, case: Case, sheet: SheetTruth) -> None:
    if sheet.why is not None:
        decide_case(store, case.id, reviewer=REVIEWER, outcome=ReviewOutcome.REJECT, reason_ja=_REJECTIONS[sheet.why])
        return
    reading = store.reading(case.id)
    if reading is None or not reading.values:
        decide_case(
            store,
            case.id,
            reviewer=REVIEWER,
            outcome=ReviewOutcome.REJECT,
            reason_ja="読み取れないため、スキャンし直す",
        )
        return
    corrections = {v.name: sheet.fields.get(v.name) or "" for v in doubtful_fields(reading)}
    # A careful person also looks at the fields that a broken rule names, and has a reason for what stays broken
    # (an address that the postal data does not know).
    decide_case(
        store,
        case.id,
        reviewer=REVIEWER,
        outcome=ReviewOutcome.APPROVE,
        corrections=corrections,
        reason_ja="原本と照合した",
    )
