"""One page to one reading: the form found, its fields read, checked, and said of each whether it needs eyes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from munibots.checking.field_types import check_field
from munibots.checking.promise import accept_fields, decide
from munibots.checking.register_match import confirm_by_register
from munibots.checking.rules import judge
from munibots.definitions import places
from munibots.definitions.form_files import load_form, load_layout
from munibots.domain.document import Page
from munibots.domain.form import FieldType, Form
from munibots.domain.layout import Layout
from munibots.domain.profile import Profile
from munibots.domain.reading import CheckResult, Decision, DocumentReading, FieldValue, FormMatch
from munibots.errors import ReadingError
from munibots.reading.calibration import load_calibration
from munibots.reading.reader import FormReader
from munibots.reference.postal_codes import towns
from munibots.reference.register import ResidentRegister

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

__all__ = ["DocumentReader", "Evidence", "check_values"]


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """A reading and the picture that it was read from.

    Attributes:
        upright: The page laid over its blank form, grey, shape (height, width) at 200 dpi; ``None`` if no form fits.
    """

    reading: DocumentReading
    upright: NDArray[uint8] | None = None


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
        self._layouts = {name: load_layout(name, profile.code) for name in self._forms}
        layouts = [(form, self._layouts[name]) for name, form in self._forms.items()]
        self._reader = FormReader(layouts, self._calibration, towns=_towns)
        shipped = {kind.value: self._calibration.accept_at(kind) for kind in FieldType}
        self._accept_at = {kind: level for kind, level in shipped.items() if level is not None} | dict(
            profile.accept_at
        )
        self._register = None if profile.register is None else ResidentRegister.load(profile.register)

    def read(self, page: Page) -> Evidence:
        """Read one page.

        Returns:
            A reading with a decision. A page that cannot be read is a reading with ``problem`` and decision ``review``:
            it goes to a person, nothing is raised.
        """
        begun = time.perf_counter()
        try:
            result = self._reader.read(page, only_form=self._only_form)
        except ReadingError as e:
            seconds = {"total": time.perf_counter() - begun}
            return Evidence(_unreadable(page, e, seconds))
        form = self._forms[result.match.form_id or ""]
        layout = self._layouts[form.id]
        checking = time.perf_counter()
        values, checks = self.check(form, _with_other_pages(form, layout, result.values))
        checks = (*_missing_pages(layout, result.layout_page_index), *checks)
        now = time.perf_counter()
        seconds = {**result.seconds, "check": now - checking, "total": now - begun}
        reading = DocumentReading(
            source=page.source,
            page_indexes=(page.page_index,),
            decision=decide(values, checks),
            match=result.match,
            values=values,
            checks=checks,
            seconds=MappingProxyType(seconds),
            notices=page.notices,
        )
        return Evidence(reading, result.picture)

    def check(self, form: Form, values: Sequence[FieldValue]) -> tuple[tuple[FieldValue, ...], tuple[CheckResult, ...]]:
        """Confirm by the register, judge the rules, and say who may skip human eyes."""
        values, confirmed = confirm_by_register(form, tuple(values), self._register)
        checks = check_values(form, values)
        return accept_fields(form, values, checks, accept_at=self._accept_at, confirmed=confirmed), checks


def check_values(form: Form, values: Sequence[FieldValue]) -> tuple[CheckResult, ...]:
    """Every rule of the form and of its fields' types; field rules appear only where they are broken."""
    by_type = [check for v in values for check in check_field(form.field(v.name), v.value, written=not v.blank)]
    return (*by_type, *judge(form, {v.name: v.value for v in values}))


def _with_other_pages(form: Form, layout: Layout, values: Sequence[FieldValue]) -> tuple[FieldValue, ...]:
    """The values of one page, and a blank for every field that lies on another page of the form."""
    read = {v.name: v for v in values}
    placed = {r.field: r for r in layout.regions}
    return tuple(
        read.get(f.name)
        or FieldValue(
            name=f.name,
            label_ja=f.label_ja,
            text="",
            value=None,
            confidence=None,
            page_index=placed[f.name].page_index,
            box=placed[f.name].box,
        )
        for f in form.fields
        if f.name in placed
    )


def _missing_pages(layout: Layout, page_index: int) -> tuple[CheckResult, ...]:
    """A form of several pages is never approved by one of them."""
    others = [str(i + 1) for i in range(len(layout.pages)) if i != page_index]
    if not others:
        return ()
    message = f"{'、'.join(others)} ページ目がこの案件にありません。残りのページと合わせて見てください。"
    return (CheckResult(rule="all-pages", fields=(), ok=False, message_ja=message),)


def _towns(postal_code: str) -> tuple[str, ...]:
    return tuple(t.prefecture + t.city + t.town for t in towns(postal_code))


def _unreadable(page: Page, error: ReadingError, seconds: dict[str, float]) -> DocumentReading:
    return DocumentReading(
        source=page.source,
        page_indexes=(page.page_index,),
        decision=Decision.REVIEW,
        match=FormMatch(form_id=None, confidence=0.0),
        seconds=MappingProxyType(seconds),
        notices=page.notices,
        problem=(error.code, error.reason_ja, error.next_step_ja),
    )
