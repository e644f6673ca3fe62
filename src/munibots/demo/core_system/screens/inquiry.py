"""異動照会: search for what was registered, and the detail of one 受付番号."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from munibots.demo.core_system import checks, fields, wareki
from munibots.demo.core_system.database import SEARCH_LIMIT
from munibots.demo.core_system.messages import has_errors, message
from munibots.demo.core_system.records import Record
from munibots.demo.core_system.sessions import Session
from munibots.demo.core_system.web import Screen, business_errors, core_of, posted, render, signed_in

INQUIRY: Final = Screen("JKG0201", "異動照会", "inquiry.html")
DETAIL: Final = Screen("JKG0202", "異動照会 詳細", "inquiry_detail.html")

_FIELDS: Final = {"txtUketsukeNo": 10, "txtKanaShimei": fields.KANA_LENGTH, "txtSeinenYmd": 8, "txtIdoYmd": 8}


@signed_in
async def show_inquiry(request: Request, session: Session) -> Response:
    """Show the empty search screen."""
    return render(request, INQUIRY, session, messages=business_errors(request), records=[])


@signed_in
async def find(request: Request, session: Session) -> Response:
    """Search by 受付番号, or by カナ氏名 with 生年月日 and 異動日, and list the hits (also a single one)."""
    core = core_of(request)
    form = await posted(request, _FIELDS)
    messages = business_errors(request)
    if not any(form.values()):
        messages.append(message("JKW0210-E", at=("txtUketsukeNo", "txtKanaShimei")))
    elif not form["txtUketsukeNo"]:
        messages += checks.check_search(
            form["txtKanaShimei"],
            txtSeinenYmd=("生年月日", form["txtSeinenYmd"]),
            txtIdoYmd=("異動日", form["txtIdoYmd"]),
        )
    records: list[Record] = []
    if not has_errors(messages):
        if form["txtUketsukeNo"]:
            record = core.database.find_record(form["txtUketsukeNo"])
            records = [record] if record else []
        else:
            dates = [
                wareki.parse_eight_digits(form[name]) if form[name] else None for name in ("txtSeinenYmd", "txtIdoYmd")
            ]
            records = core.database.find_records(form["txtKanaShimei"], *dates)
        if not records:
            messages.append(message("JKW0202-W"))
        if len(records) > SEARCH_LIMIT:
            messages.append(message("JKW0204-W", str(SEARCH_LIMIT)))
        core.database.log(session.shokuin_no, "IDO_KENSAKU")
    return render(request, INQUIRY, session, messages=messages, values=form, records=records[:SEARCH_LIMIT])


@signed_in
async def show_detail(request: Request, session: Session) -> Response:
    """Show one record."""
    core = core_of(request)
    record = core.database.find_record(request.path_params["receipt_no"])
    if record is None:
        messages = [*business_errors(request), message("JKW0202-W")]
        return render(request, INQUIRY, session, messages=messages, records=[], status_code=404)
    core.database.log(session.shokuin_no, "IDO_SHOKAI", record.receipt_no)
    return render(request, DETAIL, session, messages=business_errors(request), record=record)
