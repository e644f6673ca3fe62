"""One page to field values: register, cut, read all lines together, judge each field."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from munibots.domain.document import Page
from munibots.domain.form import Field, FieldType, Form
from munibots.domain.layout import BoxMm, Layout, Region
from munibots.domain.reading import FieldValue, FormMatch
from munibots.reading.boxes import Cutter, Taken
from munibots.reading.calibration import Calibration
from munibots.reading.leftovers import Leftovers
from munibots.reading.ocr.recognizer import Recognizer
from munibots.reading.raw import Raw, Unread
from munibots.reading.registration import FormFinder, Located
from munibots.reading.strikes import is_struck_out
from munibots.reading.unread import cut_field

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

__all__ = ["FormReader", "PageReading", "TownsOf"]

# Evidence speaks for what was read; what was mended is as likely as not. No level that is shipped or recalibrated lies below 0.9.
_PROPOSED = 0.5
# Ink in mm² that nobody has taken. The least written mark, a pale 1, has 2.5; dust and the rest of a streak stay below these.
_NOT_BLANK_MM2, _NOT_ALL_READ_MM2, _UNCLAIMED_MM2 = 1.7, 2.5, 2.5
# A name's seal reaches so far beyond the name's box, and is so large.
_SEAL_OVER_MM, _SEAL_MM = 5.0, 17.0

TownsOf = Callable[[str], Sequence[str]]
"""Towns (with prefecture) of a postal code such as ``100-0001``."""


@dataclass(frozen=True, slots=True, eq=False)
class PageReading:
    """A page, read.

    Attributes:
        match: Which form and layout, and how well it was registered.
        layout: The layout itself.
        layout_page_index: Which page of the layout it is.
        values: The fields of this page in the form's order; none is accepted yet.
        partly_read: Fields with a value beside or under which more is written than was read.
        struck_out: Fields whose writing a line runs through.
        unclaimed: Where else on the page something is written that no field claims, the most first.
        picture: The upright registered page, grey, 200 dpi: boxes in mm fit it exactly.
        seconds: Wall clock by step: ``register``, ``cut``, ``recognise``, ``judge``.
    """

    match: FormMatch
    layout: Layout
    layout_page_index: int
    values: tuple[FieldValue, ...]
    picture: NDArray[uint8]
    seconds: Mapping[str, float]
    partly_read: tuple[str, ...] = ()
    struck_out: tuple[str, ...] = ()
    unclaimed: tuple[BoxMm, ...] = ()


class FormReader:
    """Reads pages of known forms. Build one and share it between threads: reading changes nothing in it.

    Args:
        forms: Each form with the layout of the city's paper.
        calibration: Turns evidence into probabilities; without it filled fields have confidence 0.
        towns: Towns of a postal code, as help for the address below it.

    Raises:
        ArtifactMismatchError: The recogniser's model is not the expected one.
    """

    def __init__(
        self,
        forms: Sequence[tuple[Form, Layout]],
        calibration: Calibration | None,
        *,
        towns: TownsOf | None = None,
    ) -> None:
        """Load the recogniser and describe the blank pages (about a second)."""
        self._forms = {form.id: form for form, _ in forms}
        self.finder = FormFinder([layout for _, layout in forms])
        self._recognizer = Recognizer()
        self._calibration = calibration
        self._towns = towns

    def read(self, page: Page, *, only_form: str | None = None, located: Located | None = None) -> PageReading:
        """Find the form and read every field that lies on the page.

        Args:
            page: As it left the scanner.
            only_form: The form that it should be.
            located: What :attr:`finder` said of this very page before, so that it need not look again.

        Returns:
            The fields in the form's order. A blank field is ``text=""``, ``value=None``, ``confidence=None``.

        Raises:
            UnknownFormError: No form fits.
            OtherFormError: It is another form than ``only_form``.
            LayoutMismatchError: The form is known, but the page does not lie where the layout says.
        """
        clock = [time.perf_counter()]
        if located is None or only_form not in (None, located.layout.form_id):
            found = self.finder.find(page, only_form=only_form)
        else:
            found = self.finder.lay(page, located)
        clock.append(time.perf_counter())
        form = self._forms[found.layout.form_id]
        placed = {r.field: r for r in found.layout.regions if r.page_index == found.layout_page_index}
        fields = [f for f in form.fields if f.name in placed]
        cutter = Cutter(found.picture, found.blank)
        raws: dict[str, Raw] = {}
        unread: dict[str, Unread] = {}
        taken: dict[str, Sequence[Taken]] = {}
        for f in fields:
            before = len(cutter.taken)
            unread[f.name] = self._cut(cutter, f, placed[f.name], raws)
            taken[f.name] = cutter.taken[before:]
        clock.append(time.perf_counter())
        crops = [crop for field in unread.values() for crop in field.crops]
        evidence = iter(self._recognizer.read(crops))
        seen = {name: [next(evidence) for _ in field.crops] for name, field in unread.items()}
        clock.append(time.perf_counter())
        # Postal codes come before the addresses that ask for their towns, in every form that has both.
        for name, field in unread.items():
            raws[name] = field.finish(seen[name])
        written = [f for f in fields if not _is_blank(raws[f.name])]
        left = Leftovers(cutter, [t for f in written for t in taken[f.name]])
        for f in fields:
            if f not in written and left.of(placed[f.name].box) >= _NOT_BLANK_MM2:
                raws[f.name] = Raw("□", None, reasons=("枠からはみ出した、または薄い書き込みがあります。",))
        # A seal hangs over the box of every name; names are not believed without a register anyway.
        partly_read = tuple(
            f.name for f in written if f.type is not FieldType.NAME and left.of(placed[f.name].box) >= _NOT_ALL_READ_MM2
        )
        struck_out = tuple(f.name for f in written if any(t.repaired and is_struck_out(t.ink) for t in taken[f.name]))
        names = [placed[f.name].box for f in written if f.type is FieldType.NAME]
        spared = [o.box for o in found.layout.office if o.page_index == found.layout_page_index]
        unclaimed = tuple(
            box
            for amount, box in left.elsewhere(spared)
            if amount >= _UNCLAIMED_MM2 and not any(_may_be_seal(box, name) for name in names)
        )
        values = tuple(self._value(f, raws[f.name], placed[f.name]) for f in fields)
        clock.append(time.perf_counter())
        steps = ("register", "cut", "recognise", "judge")
        seconds = {step: clock[i + 1] - clock[i] for i, step in enumerate(steps)}
        return PageReading(
            found.match,
            found.layout,
            found.layout_page_index,
            values,
            found.picture,
            MappingProxyType(seconds),
            partly_read,
            struck_out,
            unclaimed,
        )

    def _cut(self, cutter: Cutter, field: Field, region: Region, raws: Mapping[str, Raw]) -> Unread:
        towns = None
        if field.type is FieldType.ADDRESS and self._towns is not None:
            lookup, postal = self._towns, _postal_name(field.name)

            def towns() -> Sequence[str]:
                code = raws[postal].value if postal in raws else None
                return lookup(code) if isinstance(code, str) else ()

        return cut_field(cutter, field, region, towns=towns)

    def _value(self, field: Field, raw: Raw, region: Region) -> FieldValue:
        confidence = None
        if not _is_blank(raw):
            known = self._calibration is not None and raw.value is not None
            confidence = self._calibration.probability(field.type, raw.features) if known and self._calibration else 0.0
            if raw.proposal:
                confidence = min(confidence, _PROPOSED)
        return FieldValue(
            name=field.name,
            label_ja=field.label_ja,
            text=raw.text,
            value=raw.value,
            confidence=confidence,
            page_index=region.page_index,
            box=BoxMm(*region.box),
            reasons=raw.reasons,
            candidates=raw.candidates,
            features=MappingProxyType(dict(raw.features)),
        )


def _is_blank(raw: Raw) -> bool:
    return raw.text == "" and raw.value is None


def _may_be_seal(place: BoxMm, name: BoxMm) -> bool:
    """Whether left-over ink may be the part of a seal that hangs out of a name's box."""
    return (
        place.w_mm <= _SEAL_MM
        and place.x_mm >= name.x_mm
        and place.x_mm + place.w_mm <= name.x_mm + name.w_mm + _SEAL_OVER_MM
        and place.y_mm >= name.y_mm - _SEAL_OVER_MM
        and place.y_mm + place.h_mm <= name.y_mm + name.h_mm + _SEAL_OVER_MM
    )


def _postal_name(address_field: str) -> str:
    """``new_address`` goes with ``new_postal_code``."""
    return address_field.removesuffix("address") + "postal_code"
