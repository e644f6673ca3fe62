"""住民検索, and the search by kana and birth date that 対象者検索 shares with it."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from munibots.demo.core_system import checks, fields, wareki
from munibots.demo.core_system.database import SEARCH_LIMIT, Database, Resident
from munibots.demo.core_system.messages import Message, has_errors, message
from munibots.demo.core_system.sessions import Session
from munibots.demo.core_system.web import Screen, business_errors, core_of, posted, render, signed_in

RESIDENTS: Final = Screen("JKG0301", "住民検索", "jumin.html")

SEARCH_FIELDS: Final = {"txtKanaShimei": fields.KANA_LENGTH, "txtSeinenYmd": 8}


def check_resident_search(form: dict[str, str]) -> list[Message]:
    """Check カナ氏名 (required) and 生年月日 (8 digits or empty)."""
    return checks.check_search(form["txtKanaShimei"], txtSeinenYmd=("生年月日", form["txtSeinenYmd"]))


def search_residents(database: Database, form: dict[str, str]) -> list[Resident]:
    """Search with boxes that :func:`check_resident_search` found right."""
    birth_date = wareki.parse_eight_digits(form["txtSeinenYmd"]) if form["txtSeinenYmd"] else None
    return database.find_residents(form["txtKanaShimei"], birth_date)


@signed_in
async def show_residents(request: Request, session: Session) -> Response:
    """Show the empty search screen."""
    return render(request, RESIDENTS, session, messages=business_errors(request), residents=[])


@signed_in
async def find_residents(request: Request, session: Session) -> Response:
    """Search and show the hits."""
    core = core_of(request)
    form = await posted(request, SEARCH_FIELDS)
    messages = business_errors(request) + check_resident_search(form)
    residents: list[Resident] = []
    if not has_errors(messages):
        residents = search_residents(core.database, form)
        if not residents:
            messages.append(message("JKW0203-W"))
        if len(residents) > SEARCH_LIMIT:
            messages.append(message("JKW0204-W", str(SEARCH_LIMIT)))
        core.database.log(session.shokuin_no, "JUMIN_KENSAKU")
    return render(request, RESIDENTS, session, messages=messages, values=form, residents=residents[:SEARCH_LIMIT])
