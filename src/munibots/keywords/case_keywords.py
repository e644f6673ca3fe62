"""Keywords on cases: take the approved ones, report what became of them."""

from __future__ import annotations

from html import escape

from robot.api.deco import keyword

from munibots.domain.case import CASE_STATES_JA
from munibots.keywords.run_context import RunContext

__all__ = ["CaseKeywords"]


class CaseKeywords:
    """Which cases are to be entered, and what became of them."""

    def __init__(self, context: RunContext, bot_id: str) -> None:
        self._context = context
        self._bot_id = bot_id

    @keyword
    def take_approved_cases(self) -> list[str]:
        """Return the ids of the cases to be entered now.

        Cases that an earlier run left in the middle come first, then the approved ones, oldest first. A case whose session
        was lost is approved again and comes back the next time; an empty list means that nothing is left to do.
        """
        return [case.id for case in self._context.hand_out(self._bot_id)]

    @keyword
    def report_results(self) -> dict[str, int]:
        """Write a table of this run's cases to the log, and return how many are in which state.

        The table holds case ids, states, receipt numbers and codes with their next step; nothing personal.
        """
        from robot.api import logger

        counts: dict[str, int] = {}
        rows = []
        for case_id in self._context.handed:
            case = self._context.store.get(case_id)
            state = CASE_STATES_JA[case.state]
            counts[state] = counts.get(state, 0) + 1
            code, _, next_step = case.problem or ("", "", "")
            rows.append((case_id, state, case.receipt_no or "", code, next_step))
        head = "".join(f"<th>{h}</th>" for h in ("案件", "状態", "受付番号", "コード", "次にすること"))
        body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
        logger.info(f"<table border=1><tr>{head}</tr>{body}</table>", html=True)
        return counts
