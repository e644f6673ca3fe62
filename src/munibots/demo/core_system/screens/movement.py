"""異動入力: four input screens, 確認 and 完了. Nothing is stored before 登録 on the 確認 screen."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from munibots.demo.core_system import checks, codes, fields
from munibots.demo.core_system.database import SEARCH_LIMIT, Resident
from munibots.demo.core_system.draft import Draft
from munibots.demo.core_system.messages import Message, has_errors, message
from munibots.demo.core_system.screens.residents import SEARCH_FIELDS, check_resident_search, search_residents
from munibots.demo.core_system.sessions import Session
from munibots.demo.core_system.web import (
    Screen,
    business_errors,
    core_of,
    posted,
    redirect,
    render,
    signed_in,
)

NOTIFICATION: Final = Screen("JKG0101", "異動入力(1) 届出", "ido_todoke.html")
HOUSEHOLD: Final = Screen("JKG0102", "対象者検索", "ido_taisho.html")
ADDRESS: Final = Screen("JKG0103", "異動入力(2) 住所・世帯", "ido_jusho.html")
PEOPLE: Final = Screen("JKG0104", "異動入力(3) 異動者", "ido_idosha.html")
CONFIRM: Final = Screen("JKG0105", "異動入力 確認", "ido_confirm.html")
DONE: Final = Screen("JKG0106", "異動入力 完了", "ido_done.html")

_WRONG_WAY: Final = "/menu?msg=JKW0090-E"


@signed_in
async def begin(_request: Request, session: Session) -> Response:
    """Throw the draft away and begin at the first screen."""
    session.draft = Draft()
    return redirect("/ido/todoke")


@signed_in
async def show_notification(request: Request, session: Session) -> Response:
    """Show 異動入力(1)."""
    return render(request, NOTIFICATION, session, messages=business_errors(request), values=session.draft.values)


@signed_in
async def enter_notification(request: Request, session: Session) -> Response:
    """Take 異動入力(1)."""
    values = await posted(request, fields.NOTIFICATION_FIELDS)
    messages = business_errors(request) + checks.check_notification(values, core_of(request).business_date())
    if has_errors(messages):
        return render(request, NOTIFICATION, session, messages=messages, values=values)
    session.draft.change_kind(values["rdoIdoKbn"])
    session.draft.values |= values
    session.draft.done.add("todoke")
    return redirect("/ido/taisho")


def _render_household(
    request: Request,
    session: Session,
    messages: list[Message],
    households: dict[str, list[Resident]],
    values: dict[str, str] | None = None,
) -> Response:
    draft = session.draft
    return render(
        request,
        HOUSEHOLD,
        session,
        messages=messages,
        values=values,
        kind=draft.values["rdoIdoKbn"],
        is_new=draft.values["rdoIdoKbn"] == codes.MOVE_IN,
        households=households,
        chosen=draft.household_no,
    )


@signed_in
async def show_household(request: Request, session: Session) -> Response:
    """Show 対象者検索, with the household chosen before and the warnings of 異動入力(1)."""
    draft = session.draft
    if not draft.may_open("taisho"):
        return redirect(_WRONG_WAY)
    core = core_of(request)
    warnings = [item for item in checks.check_notification(draft.values, core.business_date()) if not item.is_error]
    households = {draft.household_no: core.database.household(draft.household_no)} if draft.household_no else {}
    return _render_household(request, session, business_errors(request) + warnings, households)


@signed_in
async def choose_household(request: Request, session: Session) -> Response:
    """Search for households, take the chosen one, or go on without one (転入)."""
    draft = session.draft
    if not draft.may_open("taisho"):
        return redirect(_WRONG_WAY)
    form = await posted(request, {**SEARCH_FIELDS, "rdoSetaiNo": 20, "cmd": 10})
    messages = business_errors(request)
    if form["cmd"] == "kensaku" and not messages:
        return _search_households(request, session, form)
    household_no = ""
    if draft.values["rdoIdoKbn"] != codes.MOVE_IN:
        household_no = form["rdoSetaiNo"]
        if not household_no or not core_of(request).database.household(household_no):
            messages.append(message("JKW0170-E"))
    if has_errors(messages):
        return _render_household(request, session, messages, {}, form)
    draft.household_no = household_no
    draft.done.add("taisho")
    return redirect("/ido/jusho")


def _search_households(request: Request, session: Session, form: dict[str, str]) -> Response:
    core = core_of(request)
    messages = check_resident_search(form)
    households: dict[str, list[Resident]] = {}
    if not messages:
        found = search_residents(core.database, form)
        for resident in found[:SEARCH_LIMIT]:
            number = resident.household_no
            if number not in households:
                households[number] = core.database.household(number)
        if not found:
            messages.append(message("JKW0201-W"))
        if len(found) > SEARCH_LIMIT:
            messages.append(message("JKW0204-W", str(SEARCH_LIMIT)))
        core.database.log(session.shokuin_no, "TAISHO_KENSAKU")
    return _render_household(request, session, messages, households, form)


def _render_input(
    request: Request, session: Session, screen: Screen, messages: list[Message], values: dict[str, str]
) -> Response:
    draft = session.draft
    household = core_of(request).database.household(draft.household_no) if draft.household_no else []
    return render(
        request,
        screen,
        session,
        messages=messages,
        values=values,
        kind=draft.values["rdoIdoKbn"],
        household=household,
        household_no=draft.household_no,
    )


@signed_in
async def show_addresses(request: Request, session: Session) -> Response:
    """Show 異動入力(2)."""
    if not session.draft.may_open("jusho"):
        return redirect(_WRONG_WAY)
    return _render_input(request, session, ADDRESS, business_errors(request), session.draft.values)


@signed_in
async def enter_addresses(request: Request, session: Session) -> Response:
    """Take 異動入力(2)."""
    draft = session.draft
    if not draft.may_open("jusho"):
        return redirect(_WRONG_WAY)
    values = await posted(request, fields.ADDRESS_FIELDS)
    messages = business_errors(request) + checks.check_addresses(draft.values | values)
    if has_errors(messages):
        return _render_input(request, session, ADDRESS, messages, values)
    draft.values |= values
    draft.done.add("jusho")
    return redirect("/ido/idosha")


@signed_in
async def show_people(request: Request, session: Session) -> Response:
    """Show 異動入力(3)."""
    if not session.draft.may_open("idosha"):
        return redirect(_WRONG_WAY)
    return _render_input(request, session, PEOPLE, business_errors(request), session.draft.values)


@signed_in
async def enter_people(request: Request, session: Session) -> Response:
    """Take 異動入力(3)."""
    draft = session.draft
    if not draft.may_open("idosha"):
        return redirect(_WRONG_WAY)
    values = await posted(request, fields.PEOPLE_FIELDS)
    messages = business_errors(request) + checks.check_people(draft.values | values)
    if has_errors(messages):
        return _render_input(request, session, PEOPLE, messages, values)
    draft.values |= values
    draft.done.add("idosha")
    return redirect("/ido/confirm")


@signed_in
async def show_confirmation(request: Request, session: Session) -> Response:
    """Show 確認: everything as it would be stored."""
    return _confirmation(request, session, business_errors(request))


def _confirmation(request: Request, session: Session, messages: list[Message]) -> Response:
    draft = session.draft
    if not draft.may_open("confirm"):
        return redirect(_WRONG_WAY)
    shown = messages + checks.check_all(draft.values, core_of(request).business_date())
    return render(request, CONFIRM, session, messages=shown, record=draft.movement())


@signed_in
async def register(request: Request, session: Session) -> Response:
    """登録: store the draft. Pressed twice, it stores twice: the draft stays until the next 異動入力 begins."""
    core, draft = core_of(request), session.draft
    if not draft.may_open("confirm"):
        return redirect(_WRONG_WAY)
    messages = business_errors(request)
    if has_errors(messages + checks.check_all(draft.values, core.business_date())):
        return _confirmation(request, session, messages)
    receipt_no = core.database.register(
        draft.movement(), shokuin_no=session.shokuin_no, business_date=core.business_date()
    )
    return render(request, DONE, session, messages=[message("JKW0300-I")], receipt_no=receipt_no)
