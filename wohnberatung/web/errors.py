"""Error pages in plain German: what happened, what is kept, what to do next."""

from urllib.parse import urlsplit

import structlog
from flask import Flask, Response, current_app, g, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, SecurityError

from wohnberatung.core.errors import Conflict, DomainError, TooMany
from wohnberatung.core.idempotency import AlreadyDone
from wohnberatung.core.languages import Words
from wohnberatung.extensions import db
from wohnberatung.web import kept_forms
from wohnberatung.web.requests import NOT_FROM_HERE
from wohnberatung.web.visitors import act_as_visitor, current_actor, safe_path

log = structlog.get_logger(__name__)

# status: (heading, what it means and what to do)
PAGES: dict[int, tuple[Words, Words]] = {
    400: (
        _l("Die Anfrage war nicht verständlich"),
        _l("Bitte gehen Sie zurück und versuchen Sie es noch einmal."),
    ),
    401: (
        _l("Bitte melden Sie sich an"),
        _l("Ihre Sitzung ist beendet. Melden Sie sich bitte neu an und senden Sie das Formular dann noch einmal ab."),
    ),
    403: (_l("Dafür haben Sie keine Berechtigung"), _l("Ihr Konto darf diese Seite nicht öffnen.")),
    404: (
        _l("Diese Seite gibt es nicht"),
        _l("Vielleicht ist die Adresse nicht vollständig, oder der Eintrag wurde gelöscht."),
    ),
    405: (
        _l("So lässt sich die Seite nicht öffnen"),
        _l("Bitte gehen Sie zurück und nutzen Sie das Formular."),
    ),
    409: (_l("Jemand anderes war schneller"), _l("Vergleichen Sie bitte beide Fassungen.")),
    410: (_l("Diese Daten gibt es nicht mehr"), _l("Sie wurden gelöscht.")),
    413: (
        _l("Das war zu groß"),
        _l("Die gesendete Datei oder der Text ist zu groß. Bitte wählen Sie eine kleinere Datei."),
    ),
    415: (
        _l("Das können wir so nicht annehmen"),
        _l("Bitte nutzen Sie das Formular auf der Seite. Programme senden uns Daten wie ein Formular."),
    ),
    429: (
        _l("Zu viele Anfragen"),
        _l("Bitte warten Sie einen Moment und versuchen Sie es dann noch einmal."),
    ),
    500: (
        _l("Bei uns ist ein Fehler aufgetreten"),
        _l("Ihre Eingaben der letzten Seite wurden nicht gespeichert. Bitte versuchen Sie es noch einmal."),
    ),
    503: (
        _l("Gerade nicht erreichbar"),
        _l("Unsere Datenbank antwortet im Moment nicht. Bitte versuchen Sie es in einer Minute noch einmal."),
    ),
}
# For programs, which look for a word that stays; "refused" for every other status.
API_WORDS = {
    401: "unauthorised",
    403: "forbidden",
    404: "not_found",
    409: "conflict",
    413: "too_large",
    415: "not_a_form",
    429: "too_many",
    500: "failed",
    503: "unavailable",
}
# Seconds after which it is worth asking again, where nobody knows.
SOON_AGAIN = "60"
# PostgreSQL's code for a write where the database only reads: a standby, or one that is being moved.
READ_ONLY = "25006"
SESSION_ENDED = _l(
    "Das Formular war zu lange offen, oder Ihr Browser nimmt keine Cookies an. "
    "Öffnen Sie die Seite bitte neu und senden Sie das Formular dann noch einmal ab."
)


def install(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SecurityError, _wrong_host)
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(DomainError, _domain)
    app.register_error_handler(SQLAlchemyError, _database)
    app.register_error_handler(Exception, _unexpected)


def show(status: int, message: Words | None = None, heading: Words | None = None, **more: object) -> Response:
    """The error page, or the same as JSON for programs."""
    usual, advice = PAGES.get(status, PAGES[400 if status < 500 else 500])
    heading = heading or usual
    if request.accept_mimetypes.best == "application/json" or request.path.startswith("/api/"):
        word = API_WORDS.get(status, "refused") if request.path.startswith("/api/") else str(heading)
        return make_response(jsonify(error=word, message=str(message or advice)), status)
    template = "errors/conflict.html" if status == 409 else "errors/error.html"
    page = render_template(template, status=status, heading=heading, message=message or advice, **more)
    return make_response(page, status)


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return make_response(error.get_response())
    if status >= 500:
        _forget_database()
    response = show(status, NOT_FROM_HERE if error.description == NOT_FROM_HERE else None)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    if status == 503:
        response.headers.setdefault("Retry-After", SOON_AGAIN)
    return response


def _stale(_error: CSRFError) -> ResponseReturnValue:
    """A form of a session that is over: of who has signed in again since, it is offered once more."""
    for_program = request.accept_mimetypes.best == "application/json"
    if for_program or not current_actor().is_signed_in or not kept_forms.keep():
        return show(400, SESSION_ENDED)
    return redirect(url_for("accounts.show_kept_form"))


def _wrong_host(_error: SecurityError) -> Response:
    """Asked for by a name that is not ours: no page can be drawn, as no address of ours is known to be right."""
    return Response("Unter diesem Namen gibt es hier nichts.\n", 400, mimetype="text/plain")


def _domain(error: DomainError) -> Response:
    conflict = error if isinstance(error, Conflict) else None
    form_page = _form_page() if isinstance(error, Conflict | AlreadyDone) else None
    response = show(error.status, error.message, error.heading, conflict=conflict, form_page=form_page)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.seconds)
    return response


def _form_page() -> str | None:
    """Where the form that was sent is drawn: at its own address, or on the page of ours that it was sent from."""
    addresses = current_app.create_url_adapter(request)
    if addresses and addresses.test(method="GET"):
        return request.full_path.rstrip("?")
    sent_from = urlsplit(request.referrer or "")
    return safe_path(sent_from._replace(scheme="", netloc="").geturl()) if sent_from.netloc == request.host else None


def _database(error: SQLAlchemyError) -> Response:
    """The database is away, full or busy: 503 and no trace of values. Anything else is our fault: 500."""
    if _is_passing(error):
        cause = type(error.orig).__name__ if isinstance(error, DBAPIError) else type(error).__name__
        log.error("database unavailable", cause=cause, exc_info=error)
        _forget_database()
        response = show(503)
        response.headers["Retry-After"] = SOON_AGAIN
        return response
    return _unexpected(error)


def _is_passing(error: SQLAlchemyError) -> bool:
    """Whether it lies with the state of the database, and not with what we have asked of it."""
    if isinstance(error, OperationalError | PoolTimeout) or getattr(error, "connection_invalidated", False):
        return True
    return getattr(getattr(error, "orig", None), "sqlstate", None) == READ_ONLY


def _unexpected(error: Exception) -> Response:
    log.error("unexpected error", exc_info=error)
    _forget_database()
    return show(500, reference=g.get("request_id"))


def _forget_database() -> None:
    """The error page is drawn without the database, which may be the very thing that failed."""
    act_as_visitor()
    try:
        db.session.remove()
    except SQLAlchemyError:
        log.error("session could not be closed")
