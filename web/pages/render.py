"""Render: a template with what it shows becomes a page, with the headers that every page carries."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
)
from jinja2.exceptions import UndefinedError
from jinja2.utils import missing
from markupsafe import Markup, escape

from pipeline.visible import on_one_line, pieces
from storage.sessions import SignedIn
from web.forms import FORM_FIELD, ONCE_FIELD, REVISION_FIELD
from web.pages.assets import address_of

TEMPLATES = Path(__file__).parents[1] / "templates"
HERE = ZoneInfo("Europe/London")

SAFE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Pages load nothing from elsewhere, run no script that stands in them, and are kept nowhere. They are
not packed: what a stranger wrote and the form token would be packed together, which tells of the token."""


def render(request: Request, template: str, status: int = HTTPStatus.OK, /, **shown: Any) -> HTMLResponse:
    """Write a page.

    A template sees what it is given, `person` (who is signed in, or None), `form_token`,
    and `said`: the code of what was just done, as `see` puts it into the address.
    """
    person: SignedIn | None = getattr(request.state, "person", None)
    around = {
        "person": person,
        "form_token": person.form_token if person else "",
        "said": request.query_params.get("said", ""),
    }
    written = environment().get_template(template).render(around | shown)
    return HTMLResponse(written, status, SAFE)


def see(address: str, said: str = "", at: str = "") -> RedirectResponse:
    """Send the browser on after a form was obeyed, so that going back or reloading repeats nothing.

    Args:
        address: A path of ours.
        said: A code under which the next page says what was done.
        at: Id of the place in the next page to go to.
    """
    query = f"{'&' if '?' in address else '?'}said={said}" if said else ""
    anchor = f"#{at}" if at else ""
    return RedirectResponse(f"{address}{query}{anchor}", HTTPStatus.SEE_OTHER, SAFE)


@cache
def environment() -> Environment:
    """Return the templates, ours and those of GOV.UK Frontend. Whatever is put into them is escaped."""
    env = Environment(
        loader=ChoiceLoader(
            [
                FileSystemLoader(TEMPLATES),
                PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
            ]
        ),
        autoescape=True,
        undefined=_Missing,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {"shown": shown, "plain": on_one_line, "day": _day, "moment": _moment, "size": _size}
    env.globals |= {
        "asset": address_of,
        "new_key": lambda: secrets.token_urlsafe(16),
        "FORM_FIELD": FORM_FIELD,
        "REVISION_FIELD": REVISION_FIELD,
        "ONCE_FIELD": ONCE_FIELD,
    }
    return env


def shown(text: str) -> Markup:
    """Escape a stranger's text, name what in it would not show, and let it turn nothing around it."""
    inside = Markup("").join(
        Markup('<span class="app-unseen">[{}]</span>').format(piece) if is_name else escape(piece)
        for is_name, piece in pieces(text)
    )
    return Markup("<bdi>") + inside + Markup("</bdi>")


_MAY_LACK = ("caller", "undefined", "null")


class _Missing(ChainableUndefined):
    """What a template asks for and nobody gave.

    The macros of GOV.UK Frontend ask for options that may be left out, and for `caller`. Anything else
    that is missing is a slip of ours.
    """

    def __init__(
        self, hint: str | None = None, obj: Any = missing, name: str | None = None, exc: Any = UndefinedError
    ) -> None:
        super().__init__(hint, obj, name, exc)
        may_lack = isinstance(obj, dict | ChainableUndefined) or (obj is missing and name in _MAY_LACK)
        if not may_lack:
            raise UndefinedError(hint or f"{type(obj).__name__} has no {name!r}")


def _day(moment: datetime) -> str:
    here = moment.astimezone(HERE)
    return f"{here.day} {here:%B %Y}"


def _moment(moment: datetime) -> str:
    """Say a time as it is in England, to the minute."""
    here = moment.astimezone(HERE)
    is_today = here.date() == datetime.now(UTC).astimezone(HERE).date()
    return f"{here:%H:%M}" + (" today" if is_today else f" on {_day(moment)}")


def _size(count: int) -> str:
    if count < 1024:
        return f"{count} bytes"
    return f"{count / 1024:.0f} KB" if count < 1024 * 1024 else f"{count / 1024 / 1024:.1f} MB"
