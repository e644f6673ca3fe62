"""Writes the report: one HTML file without outside requests and without personal data."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from munibots.definitions.form_files import load_layout
from munibots.domain.case import CaseState
from munibots.domain.layout import BoxMm, Layout
from munibots.errors import DefinitionNotFoundError
from munibots.pipeline.promise_watch import broken_promises
from munibots.reporting import charts, pictures
from munibots.reporting.case_facts import CaseFacts, FieldFact, How, moment_ja
from munibots.reporting.facts import RunFacts, Truth, collect
from munibots.reporting.statistics import upper_limit_95

if TYPE_CHECKING:
    from munibots.stores.case_store import CaseStore

__all__ = ["write_report"]

_TEMPLATES = Path(__file__).parent / "templates"

# Screenshots of one case share this many bytes of the file.
_SCREENSHOT_BYTES = 130_000

_TONES = {
    CaseState.ENTERED: "good",
    CaseState.READY: "calm",
    CaseState.TYPING: "calm",
    CaseState.SUBMITTING: "calm",
    CaseState.RECEIVED: "calm",
    CaseState.NEEDS_REVIEW: "person",
    CaseState.FLAGGED: "alarm",
    CaseState.REJECTED: "out",
}


@dataclass(frozen=True, slots=True)
class _BoxView:
    fact: FieldFact
    box: BoxMm


@dataclass(frozen=True, slots=True)
class _PageView:
    """A page of a known form: ``blank_id`` names the shared picture of the blank."""

    no: int
    w_mm: float
    h_mm: float
    blank_id: str
    boxes: tuple[_BoxView, ...]
    ink: pictures.CoveredInk | None


@dataclass(frozen=True, slots=True)
class _BlankView:
    id: str
    w_mm: float
    h_mm: float
    uri: str


@dataclass(frozen=True, slots=True)
class _CaseView:
    facts: CaseFacts
    tone: str
    pages: tuple[_PageView, ...]
    thumbnails: tuple[str, ...]
    screenshots: tuple[tuple[str, str], ...]


def write_report(
    store: CaseStore,
    out: Path,
    *,
    title_ja: str,
    truth: Truth | None = None,
    figures: Mapping[str, Any] | None = None,
    profile_name_ja: str,
    bot_id: str | None = None,
    profile: str | None = None,
    since: datetime | None = None,
) -> Path:
    """Write the report of what is in the store.

    The file opens without a network and without JavaScript (which only filters and opens cards). It holds no values: fields
    are stars with a kind and a band of length, and the paper is the blank form with covered ink over it. There is no option to
    show more.

    Args:
        out: The file; folders above it are made.
        title_ja: Heading, e.g. ``住民異動届 入力結果``.
        truth: True values by case and field, where they are known (the demo). Used to compare, never shown.
        figures: Figures that the store cannot know, by the names of the demo's answer: see
            :func:`munibots.reporting.facts.collect`.
        profile_name_ja: The municipality.
        bot_id, profile, since: Which cases; all of them if not given. See :func:`munibots.reporting.facts.collect`.

    Returns:
        ``out``.
    """
    facts = collect(store, truth=truth, figures=figures, bot_id=bot_id, profile=profile, since=since)
    blanks: dict[tuple[Path, int], _BlankView] = {}
    views = [_case_view(store, case, blanks) for case in facts.cases]
    script = (_TEMPLATES / "report.js").read_text(encoding="utf-8")
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["with_code"] = _with_code
    html = environment.get_template("report.html").render(
        title_ja=title_ja,
        profile_name_ja=profile_name_ja,
        bots_ja="、".join(facts.bots),
        period_ja=_period_ja(facts),
        written_ja=moment_ja(datetime.now(UTC)),
        facts=facts,
        totals=facts.totals,
        cases=views,
        states=_states(facts),
        blanks=tuple(blanks.values()),
        charts=_charts(facts),
        promise=_promise(facts),
        broken_ja=tuple(k.label_ja for kinds in broken_promises(store).values() for k in kinds),
        seconds_ja=charts.seconds_ja,
        How=How,
        style=Markup((_TEMPLATES / "report.css").read_text(encoding="utf-8")),
        script=Markup(script),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii"),
    )
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(html, encoding="utf-8", newline="\n")
    return out


def _case_view(store: CaseStore, case: CaseFacts, blanks: dict[tuple[Path, int], _BlankView]) -> _CaseView:
    attachments = store.attachments(case.id)
    registered = {a.name: a.name for a in attachments if a.kind == "registered"}
    layout = _layout(case)
    pages: tuple[_PageView, ...] = ()
    unread = case.attached_nos
    if layout is not None:
        pages = tuple(
            _page_view(store, case, layout, index, f"registered-{index + 1}.jpg" in registered, blanks)
            for index in range(len(layout.pages))
        )
    else:
        unread = store.scan_nos(case.id)
    blurred = (pictures.blurred_uri(store.scan(case.id, no)) for no in unread)
    thumbnails = tuple(uri for uri in blurred if uri is not None)
    shots = [a for a in attachments if a.kind == "screenshot"]
    uris = [
        (a.name, pictures.screenshot_uri(store.attachment(case.id, a.name), _SCREENSHOT_BYTES // len(shots)))
        for a in shots
    ]
    return _CaseView(
        facts=case,
        tone=_TONES[case.state],
        pages=pages,
        thumbnails=thumbnails,
        screenshots=tuple((name, uri) for name, uri in uris if uri is not None),
    )


def _layout(case: CaseFacts) -> Layout | None:
    """The layout that the case was read with, if it is still the one that is defined."""
    if case.form_id is None or case.layout_id is None:
        return None
    try:
        layout = load_layout(case.form_id, case.profile)
    except DefinitionNotFoundError:
        return None
    return layout if layout.id == case.layout_id else None


def _page_view(
    store: CaseStore,
    case: CaseFacts,
    layout: Layout,
    page_index: int,
    has_picture: bool,
    blanks: dict[tuple[Path, int], _BlankView],
) -> _PageView:
    page, path = layout.pages[page_index], layout.blanks[page_index]
    blank = blanks.get((path, page_index))
    if blank is None:
        blank = _BlankView(f"blank-{len(blanks) + 1}", page.w_mm, page.h_mm, pictures.blank_uri(path))
        blanks[path, page_index] = blank
    by_name = {f.name: f for f in case.fields}
    boxes = tuple(
        _BoxView(by_name[r.field], r.box) for r in layout.regions if r.page_index == page_index and r.field in by_name
    )
    ink = None
    if has_picture:
        written = {b.fact.name for b in boxes if b.fact.how is not How.BLANK}
        picture = store.attachment(case.id, f"registered-{page_index + 1}.jpg")
        ink = pictures.covered_ink(picture, layout, page_index, written)
    return _PageView(page_index + 1, page.w_mm, page.h_mm, blank.id, boxes, ink)


def _with_code(text: str) -> Markup:
    """Commands between backticks, as the errors write them, set as code."""
    pieces = text.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if i % 2 else piece for i, piece in enumerate(pieces)
    )


def _period_ja(facts: RunFacts) -> str:
    if facts.first_at is None or facts.last_at is None:
        return "案件なし"
    first, last = moment_ja(facts.first_at), moment_ja(facts.last_at)
    day, _, clock = last.partition(" ")
    return f"{first} 〜 {clock if first.startswith(day) else last}"


def _states(facts: RunFacts) -> tuple[tuple[str, str, str, int], ...]:
    """For the filter: state, its text, its tone, how many; only states that occur."""
    counted: Sequence[CaseState] = [c.state for c in facts.cases]
    return tuple(
        (state.value, next(c.state_ja for c in facts.cases if c.state is state), _TONES[state], counted.count(state))
        for state in CaseState
        if state in counted
    )


def _charts(facts: RunFacts) -> dict[str, Markup]:
    drawn = {}
    if facts.reading_steps:
        drawn["reading"] = charts.steps_chart(facts.reading_steps, "書類一枚を読む時間、工程ごと")
    if facts.case_steps:
        drawn["case"] = charts.steps_chart(facts.case_steps, "確認と入力の時間、案件ごと")
    if facts.samples:
        drawn["reliability"] = charts.reliability_chart(facts.samples, "確信度の区分ごとの正解率と項目数")
    return drawn


def _promise(facts: RunFacts) -> dict[str, Any] | None:
    """What the truth says of the fields that were accepted without eyes."""
    if not facts.samples:
        return None
    accepted = [s for s in facts.samples if s.accepted]
    wrong = sum(not s.right for s in accepted)
    return {
        "n": len(facts.samples),
        "accepted": len(accepted),
        "wrong": wrong,
        "limit_percent": f"{upper_limit_95(wrong, len(accepted)) * 100:.2f}" if accepted else None,
        "not_accepted": len(facts.samples) - len(accepted),
        "not_accepted_right": sum(s.right and not s.accepted for s in facts.samples),
    }
