"""The web application: routes, error pages and middleware put together."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from munibots.demo.core_system.database import Database
from munibots.demo.core_system.messages import message
from munibots.demo.core_system.screens import account, inquiry, movement, residents
from munibots.demo.core_system.sessions import Sessions
from munibots.demo.core_system.trouble import TroubleMiddleware, TroublePlan
from munibots.demo.core_system.web import PACKAGE_FOLDER, Core, Screen, make_templates, render, sign_out

_ERROR: Final = Screen("JKG9999", "システムエラー", "error.html")
_NOT_FOUND: Final = Screen("JKG9404", "画面エラー", "error.html")


def create_app(
    database: Database,
    sessions: Sessions,
    *,
    business_date: Callable[[], date],
    trouble: Path | None = None,
) -> Starlette:
    """Put the application together.

    Args:
        database: Open and filled database.
        sessions: Where operators are remembered.
        business_date: Returns the 業務日付.
        trouble: Trouble file; None means that nothing fails on purpose.
    """
    middleware = [Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])]
    if trouble is not None:
        middleware.append(
            Middleware(TroubleMiddleware, plan=TroublePlan(trouble), error_page=_system_error, sign_out=sign_out)
        )
    app = Starlette(
        routes=_routes(),
        middleware=middleware,
        exception_handlers={404: _not_found, 405: _not_found, 500: _unexpected_error},
    )
    app.state.core = Core(database, sessions, make_templates(), business_date)
    return app


def _routes() -> list[Route | Mount]:
    get, post = ["GET"], ["POST"]
    return [
        Route("/", account.show_root, methods=get),
        Route("/login", account.show_login, methods=get),
        Route("/login", account.login, methods=post),
        Route("/logout", account.logout, methods=post),
        Route("/menu", account.show_menu, methods=get),
        Route("/ido/new", movement.begin, methods=get),
        Route("/ido/todoke", movement.show_notification, methods=get),
        Route("/ido/todoke", movement.enter_notification, methods=post),
        Route("/ido/taisho", movement.show_household, methods=get),
        Route("/ido/taisho", movement.choose_household, methods=post),
        Route("/ido/jusho", movement.show_addresses, methods=get),
        Route("/ido/jusho", movement.enter_addresses, methods=post),
        Route("/ido/idosha", movement.show_people, methods=get),
        Route("/ido/idosha", movement.enter_people, methods=post),
        Route("/ido/confirm", movement.show_confirmation, methods=get),
        Route("/ido/confirm", movement.register, methods=post),
        Route("/inquiry", inquiry.show_inquiry, methods=get),
        Route("/inquiry", inquiry.find, methods=post),
        Route("/inquiry/{receipt_no}", inquiry.show_detail, methods=get),
        Route("/jumin", residents.show_residents, methods=get),
        Route("/jumin", residents.find_residents, methods=post),
        Mount("/static", StaticFiles(directory=PACKAGE_FOLDER / "static")),
    ]


def _system_error(request: Request) -> Response:
    return render(request, _ERROR, None, messages=[message("JKW9999-E")], status_code=500)


async def _unexpected_error(request: Request, _error: Exception) -> Response:
    return _system_error(request)


async def _not_found(request: Request, error: Exception) -> Response:
    status_code = error.status_code if isinstance(error, HTTPException) else 404
    return render(request, _NOT_FOUND, None, messages=[message("JKW9404-E")], status_code=status_code)
