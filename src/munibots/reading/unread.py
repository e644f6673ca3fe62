"""Which of the readers a field needs: by how it is filled in, and by its type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from munibots.domain.form import Field, FieldType
from munibots.domain.layout import Region, RegionStyle
from munibots.reading.combs import UnreadComb
from munibots.reading.date_lines import UnreadDateLine
from munibots.reading.dates import UnreadDate
from munibots.reading.digits import load_digit_reader
from munibots.reading.lines import Towns, UnreadLines
from munibots.reading.marks import UnreadMarks
from munibots.reading.raw import Unread

if TYPE_CHECKING:
    from munibots.reading.boxes import Cutter

__all__ = ["cut_field"]


def cut_field(cutter: Cutter, field: Field, region: Region, *, towns: Towns | None = None) -> Unread:
    """Cut a field out of its page; what comes back waits for the recogniser.

    Args:
        cutter: The page.
        field: The field.
        region: Where it sits.
        towns: For an address, the towns that its postal code allows.

    Raises:
        ArtifactMismatchError: The model that reads digits is not the expected one.
    """
    if region.style is RegionStyle.MARKS:
        return UnreadMarks(cutter, field, region)
    if region.style is RegionStyle.DATE:
        return UnreadDate(cutter, region, load_digit_reader())
    if region.style is RegionStyle.COMB:
        return UnreadComb(cutter, field, region, load_digit_reader())
    if field.type is FieldType.DATE:
        return UnreadDateLine(cutter, region)
    return UnreadLines(cutter, field, region, towns=towns)
