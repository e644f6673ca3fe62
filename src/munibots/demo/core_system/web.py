"""What every screen needs: the running system, who is signed in, and drawing a page with its messages."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Final, NamedTuple

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.templating import Jinja2Templates

from munibots.demo.core_system import codes, fields, wareki
from munibots.demo.core_system.database import Database
from munibots.demo.core_system.messages import Message, message
from munibots.demo.core_system.sessions import COOKIE, Session, Sessions

PACKAGE_FOLDER: Final = Path(__file__).parent


@dataclass(slots=True)
class Core:
    """The running system: its database, sessions, templates and the 業務日付."""

    database: Database
    sessions: Sessions
    templates: Jinja2Templates
    business_date: Callable[[], date]


class Screen(NamedTuple):
    """One screen: its 画面ID, title and template."""

    screen_id: str
    title: str
    template: str


Handler = Callable[[Request, Session], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


def make_templates() -> Jinja2Templates:
    """Load the templates of this package, with the code tables and date formats they use."""
    templates = Jinja2Templates(directory=PACKAGE_FOLDER / "templates")
    templates.env.trim_blocks = templates.env.lstrip_blocks = True
    templates.env.globals |= {
        "movement_kinds": codes.MOVEMENT_KINDS,
        "notifier_relations": codes.NOTIFIER_RELATIONS,
        "sexes": codes.SEXES,
        "relationships": codes.RELATIONSHIPS,
        "era_choices": wareki.ERA_CHOICES,
        "person_rows": fields.PERSON_ROWS,
        "kana_length": fields.KANA_LENGTH,
    }
    templates.env.filters |= {"wareki": _iso_as_wareki, "slashes": _iso_with_slashes, "yubin": _postal_code}
    return templates


def core_of(request: Request) -> Core:
    """Return the system that serves ``request``."""
    core: Core = request.app.state.core
    return core


def render(
    request: Request,
    screen: Screen,
    session: Session | None,
    *,
    messages: list[Message] | None = None,
    values: Mapping[str, str] | None = None,
    status_code: int = 200,
    **context: object,
) -> Response:
    """Draw ``screen``.

    Args:
        request: The request being answered.
        screen: What to draw.
        session: Who is signed in; None before login.
        messages: Lines above the panels; the elements they name are shown in red.
        values: Element name -> text in the boxes.
        status_code: HTTP status.
        context: More names for the template.
    """
    core = core_of(request)
    shown = messages or []
    return core.templates.TemplateResponse(
        request,
        screen.template,
        {
            "screen": screen,
            "shimei": session.shimei if session else "",
            "shokuin_no": session.shokuin_no if session else "",
            "business_date": core.business_date().isoformat(),
            "messages": shown,
            "error_ids": {element_id for item in shown if item.is_error for element_id in item.element_ids},
            "values": values or {},
            **context,
        },
        status_code=status_code,
        headers={"Cache-Control": "no-store"},
    )


def redirect(path: str) -> Response:
    """Send the browser to ``path`` with GET."""
    return RedirectResponse(path, status_code=303)


def signed_in(handler: Handler) -> Endpoint:
    """Make an endpoint that only a signed-in operator reaches; others are sent to the login screen."""

    @wraps(handler)
    async def endpoint(request: Request) -> Response:
        session = core_of(request).sessions.use(request.cookies.get(COOKIE, ""))
        if session is None:
            return redirect("/login?msg=JKW0001-W" if COOKIE in request.cookies else "/login")
        return await handler(request, session)

    return endpoint


def sign_out(request: Request) -> Response:
    """Drop the session of ``request`` as if it had been idle too long."""
    core_of(request).sessions.drop(request.cookies.get(COOKIE, ""))
    return redirect("/login?msg=JKW0001-W")


def business_errors(request: Request) -> list[Message]:
    """Return the error that a trouble file forces upon this request: the beginning of its message list."""
    return [message("JKW0900-E")] if getattr(request.state, "business_error", False) else []


async def posted(request: Request, names: Mapping[str, int]) -> dict[str, str]:
    """Return the kept text of the named elements of a posted form."""
    return fields.take(await request.form(), names)


def _iso_as_wareki(iso: str) -> str:
    return wareki.format_wareki(date.fromisoformat(iso))


def _iso_with_slashes(iso: str) -> str:
    return iso.replace("-", "/")


def _postal_code(digits: str) -> str:
    return f"{digits[:3]}-{digits[3:]}" if digits else ""
