"""What all pages share: access table, sessions, headers, limits, filters, navigation, errors."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask, abort, g, session
from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class WebApplication(Flask):
    """Believes as many proxies as the operator vouches for (TRUSTED_PROXIES); of all others, and without the setting,
    headers count for nothing."""

    def wsgi_app(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        hops = self.config["TRUSTED_PROXIES"]
        proxied = ProxyFix(super().wsgi_app, x_for=hops, x_proto=hops, x_host=hops)
        return proxied(environ, start_response)


def install(app: Flask) -> None:
    """Put the frame around every request, in this order."""
    from wohnberatung.accounts.services.people import load_actor
    from wohnberatung.extensions import csrf
    from wohnberatung.web import (
        access,
        errors,
        fields,
        filters,
        headers,
        kept_forms,
        languages,
        limits,
        logs,
        navigation,
        requests,
        sessions,
        visitors,
        whole_numbers,
    )

    app.extensions[visitors.LOADER] = load_actor
    app.session_interface = sessions.DatabaseSessions()
    logs.install(app)
    app.request_class = requests.WebRequest
    app.before_request(requests.check_host)
    app.before_request(_needs_database)
    app.before_request(requests.check_path)
    app.before_request(requests.check_body)
    app.before_request(limits.limit_body)
    app.before_request(requests.check_origin)
    app.before_request(access.enforce)
    app.before_request(limits.limit_anonymous_writes)
    csrf.init_app(app)
    headers.install(app)
    languages.install(app)
    kept_forms.install(app)
    filters.install(app)
    fields.install(app)
    navigation.install(app)
    whole_numbers.install(app)
    errors.install(app)
    access.check_declared(app)


def _needs_database() -> None:
    if getattr(session, "unavailable", False):
        g.pop("actor", None)
        abort(503)
