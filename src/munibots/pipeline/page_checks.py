"""What the pages of a document say of it, apart from what is written on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from munibots.domain.document import PageKind, PageRole
from munibots.domain.layout import BoxMm, Layout
from munibots.domain.reading import CheckResult

__all__ = [
    "ATTACHMENTS",
    "PAGES_DOUBTFUL",
    "PAGES_MISSING",
    "PAGES_TURNED_ROUND",
    "PARTLY_READ",
    "STRUCK_OUT",
    "UNCLAIMED_WRITING",
    "absent_pages",
    "page_checks",
    "writing_checks",
]

PAGES_MISSING = "pages-missing"
PAGES_DOUBTFUL = "pages-doubtful"
PAGES_TURNED_ROUND = "pages-turned-round"
ATTACHMENTS = "attachments"
PARTLY_READ = "partly-read"
STRUCK_OUT = "struck-out"
UNCLAIMED_WRITING = "unclaimed-writing"
_PLACES_SHOWN = 3


def absent_pages(layout: Layout, read: Sequence[int], unreadable: Sequence[int]) -> Mapping[int, str]:
    """Why a page of the form has no values, by its index.

    Args:
        read: Pages of the form that were read.
        unreadable: Pages of the form that are there and could not be read.
    """
    return {
        i: f"{i + 1} ページ目を読み取れません" if i in unreadable else f"{i + 1} ページ目がありません"
        for i in range(len(layout.pages))
        if i not in read
    }


def page_checks(
    layout: Layout, absent: Mapping[int, str], page_indexes: Sequence[int], roles: Sequence[PageRole]
) -> tuple[CheckResult, ...]:
    """The checks that fail; each sends the document to a person.

    Args:
        layout: Of the document's form.
        absent: From :func:`absent_pages`.
        page_indexes: Pages of the document within its file.
        roles: What each of them is.
    """
    failed = [
        CheckResult(PAGES_MISSING, tuple(r.field for r in layout.regions if r.page_index == i), False, reason)
        for i, reason in absent.items()
    ]
    of_form = [i for i, role in zip(page_indexes, roles, strict=True) if role.kind is PageKind.FORM]
    if any(role.doubtful for role in roles):
        text = "前後の書類とページが入れ替わっているおそれがあります。組み合わせを確かめてください。"
        failed.append(CheckResult(PAGES_DOUBTFUL, (), False, text))
    if of_form != sorted(of_form):
        text = "ページの順が逆だったので並べ直しました。同じ人の書類か確かめてください。"
        failed.append(CheckResult(PAGES_TURNED_ROUND, (), False, text))
    attached = [i for i, role in zip(page_indexes, roles, strict=True) if role.kind is PageKind.ATTACHMENT]
    if attached:
        where = "、".join(f"p.{i + 1}" for i in attached)
        text = f"様式の分からないページを添付として付けました({where})。別の届でないか確かめてください。"
        failed.append(CheckResult(ATTACHMENTS, (), False, text))
    return tuple(failed)


def writing_checks(
    partly_read: Sequence[str], struck_out: Sequence[str], unclaimed: Mapping[int, Sequence[BoxMm]]
) -> Iterator[CheckResult]:
    """What is written on the paper and is in no value; each check that comes out fails.

    Args:
        partly_read: Names of the fields in or over whose boxes more is written than was read.
        struck_out: Names of the fields whose writing a line runs through.
        unclaimed: Where else something is written, by the page's index in the layout.
    """
    if partly_read:
        text = "枠の中かふちに、読み取れていない書き込みがあります。紙と見比べてください。"
        yield CheckResult(PARTLY_READ, tuple(partly_read), False, text)
    if struck_out:
        text = "線で消したように見える記入があります。訂正でないか、紙と見比べてください。"
        yield CheckResult(STRUCK_OUT, tuple(struck_out), False, text)
    for page_index, boxes in sorted(unclaimed.items()):
        if boxes:
            where = "、".join(f"左から {b.x_mm:.0f} mm・上から {b.y_mm:.0f} mm" for b in boxes[:_PLACES_SHOWN])
            more = f" ほか {len(boxes) - _PLACES_SHOWN} か所" if len(boxes) > _PLACES_SHOWN else ""
            text = f"{page_index + 1} ページ目の、どの項目でもない所に書き込みがあります({where}{more})。取下げや訂正でないか確かめてください。"
            yield CheckResult(UNCLAIMED_WRITING, (), False, text)
