"""Which language a page is shown in: the one its address asks for, else the one chosen before.

The choice lies in a cookie of its own, so that reading in another language needs no session. Where a page has a form,
choosing sends along what was typed (`SWITCH`): the form is drawn again in the other language, and nothing is done with
it (`web/forms.py`).
"""

from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from flask import Flask, Response, g, has_request_context, request, url_for
from flask.globals import request_ctx
from jinja2 import Template

from wohnberatung.core.actors import ANYBODY, LINK, PUBLIC
from wohnberatung.core.languages import EASY, LANGUAGES, ReadLanguage, current_language, known_code, language_of
from wohnberatung.core.settings import LANGUAGE
from wohnberatung.web.access import ACCESS
from wohnberatung.web.cookies import Cookie

# Areas and pages that anybody or the holder of a link may open, but only the office and providers need.
GERMAN_ONLY = frozenset(
    {
        "accounts",
        "demand",
        "intake",
        "mail",
        "directory.ask_confirmation",
        "directory.confirm_by_link",
        "dwellings.ask_available",
        "dwellings.answer_available",
    }
)
CHOSEN = Cookie("language", 365 * 86_400)
# The field that a form brings where only the language is chosen.
SWITCH = "sprachwechsel"


class PageForm(NamedTuple):
    """A form on the page that somebody may have typed into: its id, where it is sent, whether it asks for a text."""

    id: str
    action: str
    asks_for_text: bool

    def in_language(self, code: str) -> str:
        return _in_language(self.action, code)


def chosen_locale() -> str | None:
    """For Flask-Babel: the locale of a public page; None, which is German, for pages of the office and commands."""
    if not has_request_context() or not is_public():
        return None
    code = known_code(request.args.get(LANGUAGE)) or known_code(CHOSEN.value)
    return language_of(code).locale if code else None


def is_public() -> bool:
    """Whether the page is one for the public, which can read it in every language; error pages are."""
    if GERMAN_ONLY & {request.blueprint, request.endpoint}:
        return False
    return bool(ACCESS.get(request.endpoint or "", ANYBODY) & {PUBLIC, LINK})


def page_names(template: str) -> list[str | Template]:
    """Names to draw a page from: where a text of its own is needed in easy language, it lies in ``easy/``."""
    return [f"easy/{template}", template] if current_language() is EASY else [template]


def keep_choice(response: Response) -> Response:
    """After each request: remember what the address asked for."""
    code = known_code(request.args.get(LANGUAGE))
    if code and request.endpoint != "static" and code != CHOSEN.value:
        CHOSEN.give(response, code)
    return response


def language_links() -> list[dict[str, object]]:
    """The same page in every language; nothing on pages that are there in German only."""
    return [_link(language) for language in LANGUAGES] if is_public() else []


def only_switches_language() -> bool:
    return has_request_context() and request.method == "POST" and SWITCH in request.form


def note_form(action: str | None, *, asks_for_text: bool, form_id: str = "") -> str:
    """For every form of a page as it is drawn; returns its id."""
    forms: list[PageForm] = g.setdefault("page_forms", [])
    form_id = form_id or f"formular-{len(forms) + 1}"
    forms.append(PageForm(form_id, action or _without_language(), asks_for_text))
    return form_id


def typed_form() -> PageForm | None:
    """The form that choosing a language takes along: the first that asks for a text, else the first."""
    forms: list[PageForm] = g.get("page_forms", [])
    return next((form for form in forms if form.asks_for_text), next(iter(forms), None))


def _without_language() -> str:
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != LANGUAGE]
    # One slash only: two of them would lead to another host.
    path = f"{request.script_root}/{quote(request.path.lstrip('/'))}"
    return path + (f"?{urlencode(kept)}" if kept else "")


def _in_templates() -> dict[str, Any]:
    spoken = current_language()
    return {"language": spoken.tag, "easy": spoken is EASY, "language_links": language_links()}


def _link(language: ReadLanguage) -> dict[str, object]:
    return {"href": _this_page(language.code), "language": language, "current": language is current_language()}


def _this_page(code: str) -> str:
    """The address of this page in another language; of the start page where only a form can lead here."""
    if request.method not in ("GET", "HEAD") and not _can_be_opened():
        spoken: dict[str, Any] = {LANGUAGE: code}
        return url_for("pages.show_start", **spoken)
    return _in_language(_without_language(), code)


def _in_language(address: str, code: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode({LANGUAGE: code})}"


def _can_be_opened() -> bool:
    routes = request_ctx.url_adapter
    return routes is not None and routes.test(method="GET")


def install(app: Flask) -> None:
    app.extensions["babel"].locale_selector = chosen_locale
    app.after_request(keep_choice)
    app.context_processor(_in_templates)
    app.jinja_env.globals["language_name"] = lambda code: language_of(code).name
    app.jinja_env.globals["language_tag"] = lambda code: language_of(code).tag
    app.jinja_env.globals["is_spoken"] = lambda code: language_of(code) is current_language()
    app.jinja_env.globals |= {"note_form": note_form, "typed_form": typed_form, "switch_field": SWITCH}
