"""ログイン, メニュー, ログアウト."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from munibots.demo.core_system.messages import message
from munibots.demo.core_system.sessions import COOKIE, Session
from munibots.demo.core_system.web import Screen, business_errors, core_of, posted, redirect, render, signed_in

LOGIN: Final = Screen("JKG0001", "ログイン", "login.html")
MENU: Final = Screen("JKG0010", "メニュー", "menu.html")

_LOGIN_FIELDS: Final = {"txtShokuinNo": 10, "pwdPassword": 64}
_MESSAGES_BY_LINK: Final = frozenset({"JKW0001-W", "JKW0003-I"})


async def show_login(request: Request) -> Response:
    """Show the login screen, with the message that the link before named."""
    messages = business_errors(request)
    code = request.query_params.get("msg", "")
    if code in _MESSAGES_BY_LINK:
        messages.append(message(code))
    return render(request, LOGIN, None, messages=messages)


async def login(request: Request) -> Response:
    """Sign in, or show the login screen again with what was wrong."""
    values = await posted(request, _LOGIN_FIELDS)
    messages = business_errors(request)
    for name, label in (("txtShokuinNo", "職員番号"), ("pwdPassword", "パスワード")):
        if not values[name]:
            messages.append(message("JKW0101-E", label, at=(name,)))
    core = core_of(request)
    if not messages:
        shimei = core.database.sign_in(values["txtShokuinNo"], values["pwdPassword"])
        if shimei is not None:
            session = core.sessions.open(values["txtShokuinNo"], shimei)
            core.database.log(session.shokuin_no, "LOGIN")
            response = redirect("/menu")
            response.set_cookie(COOKIE, session.session_id, httponly=True, samesite="strict")
            return response
        core.database.log("", "LOGIN_NG")
        messages.append(message("JKW0002-E", at=tuple(_LOGIN_FIELDS)))
    return render(request, LOGIN, None, messages=messages, values={"txtShokuinNo": values["txtShokuinNo"]})


@signed_in
async def logout(request: Request, session: Session) -> Response:
    """End the session."""
    core = core_of(request)
    core.database.log(session.shokuin_no, "LOGOUT")
    core.sessions.drop(session.session_id)
    response = redirect("/login?msg=JKW0003-I")
    response.delete_cookie(COOKIE)
    return response


@signed_in
async def show_menu(request: Request, session: Session) -> Response:
    """Show the menu."""
    messages = business_errors(request)
    if request.query_params.get("msg") == "JKW0090-E":
        messages.append(message("JKW0090-E"))
    return render(request, MENU, session, messages=messages)


async def show_root(_request: Request) -> Response:
    """Send the browser to the menu (and from there to the login screen when nobody is signed in)."""
    return redirect("/menu")
