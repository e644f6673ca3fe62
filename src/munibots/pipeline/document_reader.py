"""The pages of one document to one reading: the form found, its fields read, checked, and said of each whether it needs eyes."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from munibots.checking.field_types import check_field
from munibots.checking.promise import accept_fields, decide
from munibots.checking.register_match import confirm_by_register
from munibots.checking.rules import judge
from munibots.definitions import places
from munibots.definitions.form_files import load_form, load_layout
from munibots.domain.document import Page, PageKind, PageRole
from munibots.domain.form import Form
from munibots.domain.profile import Profile
from munibots.domain.promise import NEVER, REGISTER, LevelsInForce
from munibots.domain.reading import CheckResult, Decision, DocumentReading, FieldValue, FormMatch
from munibots.errors import OtherFormError, ReadingError
from munibots.pipeline.looking import Look, look_at
from munibots.pipeline.page_checks import absent_pages, page_checks, writing_checks
from munibots.pipeline.promise_levels import levels_in_force
from munibots.pipeline.stacks import DocumentPage, PlannedDocument
from munibots.pipeline.unknown_layouts import UnknownLayouts
from munibots.reading.calibration import load_calibration
from munibots.reading.joining import join_pages
from munibots.reading.reader import FormReader, PageReading
from munibots.reading.registration import Located
from munibots.reference.postal_codes import towns
from munibots.reference.register import ResidentRegister

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

__all__ = ["DocumentReader", "Evidence", "check_values"]


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """A reading and the pictures that it was read from.

    Attributes:
        uprights: The pages laid over their blank form, grey, shape (height, width) at 200 dpi, by the page's index in the
            layout; none if no form fits.
    """

    reading: DocumentReading
    uprights: Mapping[int, NDArray[uint8]] = field(default_factory=lambda: MappingProxyType({}))


class DocumentReader:
    """Reads documents of every form that is defined, under one city's profile.

    Built once and shared between threads; it loads the recogniser on first use.

    Args:
        profile: The city.
        only_form: Accept this form only; another form is an :class:`~munibots.errors.OtherFormError`.
    """

    def __init__(self, profile: Profile, *, only_form: str | None = None) -> None:
        self.profile = profile
        self._only_form = only_form
        self._forms = {name: load_form(name) for name in places.names("forms")}
        if only_form is not None:
            load_form(only_form)  # a form that is not defined is said before any page is read
        self._calibration = load_calibration()
        layouts = [(form, load_layout(name, profile.code)) for name, form in self._forms.items()]
        self._reader = FormReader(layouts, self._calibration, towns=_towns)
        self._unknown = UnknownLayouts(self._forms, self._calibration, check_values)
        self._in_force = levels_in_force(profile)
        self._register = None if profile.register is None else ResidentRegister.load(profile.register)

    def look(self, page: Page) -> Look:
        """A first look at a page, by which a pile of pages is cut into documents; nothing is raised."""
        return look_at(self._reader.finder, page)

    def read(
        self,
        pages: Sequence[Page],
        *,
        planned: PlannedDocument | None = None,
        located: Mapping[int, Located] = MappingProxyType({}),
        in_force: LevelsInForce | None = None,
    ) -> Evidence:
        """Read the pages of one document.

        Args:
            pages: At least one; those of its form, or the one page that was put aside.
            planned: The whole document, with attachments and blank backs; without it the document is just ``pages``.
            located: What :meth:`look` said of them before, by page index, so that nobody looks twice.
            in_force: Levels that a case store says; without it the shipped ones and the profile's.

        Returns:
            A reading with a decision. A document that cannot be read is a reading with ``problem`` and decision ``review``:
            it goes to a person, nothing is raised. If only some of its pages can be read, the fields of the others are
            blank with the reason.
        """
        begun = time.perf_counter()
        results: dict[int, tuple[Page, PageReading]] = {}
        problems: list[ReadingError] = []
        for page in pages:
            try:
                result = self._reader.read(page, only_form=self._only_form, located=located.get(page.page_index))
                known = next(iter(results.values()), None)
                if known is not None and known[1].layout.id != result.layout.id:
                    raise OtherFormError(page=page.label, found=result.layout.form_id, expected=known[1].layout.form_id)
                if result.layout_page_index in results:
                    raise ReadingError(page=page.label)
            except ReadingError as e:
                problems.append(e)
            else:
                results[result.layout_page_index] = page, result
        if not results:
            document = planned or _planned(None, pages, {})
            by_labels = self._unknown.read(pages, document, problems[0], only_form=self._only_form)
            if by_labels is not None:
                return Evidence(by_labels.reading, by_labels.uprights)
            return Evidence(_unreadable(pages, document, problems[0], time.perf_counter() - begun))
        return self._evidence(pages, results, planned, begun, in_force)

    def _evidence(
        self,
        pages: Sequence[Page],
        results: Mapping[int, tuple[Page, PageReading]],
        planned: PlannedDocument | None,
        begun: float,
        in_force: LevelsInForce | None,
    ) -> Evidence:
        first = results[min(results)][1]
        layout, form = first.layout, self._forms[first.layout.form_id]
        document = planned or _planned(form.id, pages, {p.page_index: i for i, (p, _) in results.items()})
        there = [role.layout_page_index for role in document.page_roles if role.layout_page_index is not None]
        checking = time.perf_counter()
        absent = absent_pages(layout, list(results), [i for i in there if i not in results])
        joined = join_pages(form, layout, {i: r.values for i, (_, r) in results.items()}, absent)
        about_pages = (
            *page_checks(layout, absent, document.page_indexes, document.page_roles),
            *writing_checks(
                [name for _, r in results.values() for name in r.partly_read],
                [name for _, r in results.values() for name in r.struck_out],
                {i: r.unclaimed for i, (_, r) in results.items()},
            ),
        )
        values, checks = self.check(form, joined, about_pages, in_force=in_force)
        now = time.perf_counter()
        steps = {step: sum(r.seconds[step] for _, r in results.values()) for step in first.seconds}
        reading = DocumentReading(
            source=pages[0].source,
            page_indexes=document.page_indexes,
            page_roles=document.page_roles,
            decision=decide(values, checks),
            match=_match([r.match for _, r in results.values()], first.match),
            values=values,
            checks=checks,
            seconds=MappingProxyType({**steps, "check": now - checking, "total": now - begun}),
            notices=_notices(pages, document),
        )
        return Evidence(reading, MappingProxyType({i: r.picture for i, (_, r) in results.items()}))

    def check(
        self,
        form: Form,
        values: Sequence[FieldValue],
        about_pages: Sequence[CheckResult] = (),
        *,
        in_force: LevelsInForce | None = None,
    ) -> tuple[tuple[FieldValue, ...], tuple[CheckResult, ...]]:
        """Confirm by the register, judge the rules, and say who may skip human eyes.

        Args:
            about_pages: What the document's pages say; it counts with the rules.
            in_force: As in :meth:`read`.
        """
        accept_at = (in_force or self._in_force).accept_at
        values, confirmed = confirm_by_register(form, tuple(values), self._register)
        checks = (*about_pages, *check_values(form, values))
        if accept_at.get(REGISTER, 0.0) >= NEVER:
            confirmed = frozenset()
        return accept_fields(form, values, checks, accept_at=accept_at, confirmed=confirmed), checks


def check_values(form: Form, values: Sequence[FieldValue]) -> tuple[CheckResult, ...]:
    """Every rule of the form and of its fields' types; field rules appear only where they are broken."""
    by_type = [check for v in values for check in check_field(form.field(v.name), v.value, written=not v.blank)]
    return (*by_type, *judge(form, {v.name: v.value for v in values}))


def _towns(postal_code: str) -> tuple[str, ...]:
    return tuple(t.prefecture + t.city + t.town for t in towns(postal_code))


def _planned(form_id: str | None, pages: Sequence[Page], places: Mapping[int, int]) -> PlannedDocument:
    """A document of just these pages, in the form's order."""
    unknown = PageRole(PageKind.UNKNOWN)
    roles = {i: PageRole(PageKind.FORM, place) for i, place in places.items()}
    ordered = sorted(pages, key=lambda p: places.get(p.page_index, len(pages)))
    return PlannedDocument(
        form_id, tuple(DocumentPage(p.page_index, roles.get(p.page_index, unknown)) for p in ordered)
    )


def _match(matches: Sequence[FormMatch], first: FormMatch) -> FormMatch:
    """The document's match is as good as its worst page's."""
    errors = [m.registration_error_mm for m in matches if m.registration_error_mm is not None]
    return replace(
        first,
        confidence=min(m.confidence for m in matches),
        registration_error_mm=max(errors) if errors else None,
    )


def _notices(pages: Sequence[Page], document: PlannedDocument) -> tuple[str, ...]:
    notices = [notice for page in pages for notice in page.notices]
    blanks = [p.page_index for p in document.pages if p.role.kind is PageKind.BLANK]
    if blanks:
        notices.append(f"白紙のページを除きました({'、'.join(f'p.{i + 1}' for i in blanks)})。")
    return tuple(dict.fromkeys(notices))


def _unreadable(
    pages: Sequence[Page], document: PlannedDocument, error: ReadingError, seconds: float
) -> DocumentReading:
    return DocumentReading(
        source=pages[0].source,
        page_indexes=document.page_indexes,
        page_roles=document.page_roles,
        decision=Decision.REVIEW,
        match=FormMatch(form_id=None, confidence=0.0),
        seconds=MappingProxyType({"total": seconds}),
        notices=_notices(pages, document),
        problem=(error.code, error.reason_ja, error.next_step_ja),
    )
