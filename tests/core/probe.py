"""A few routes that only tests have: they write an organisation each in its own way."""

import re
from typing import Any

from flask import Flask, abort, jsonify, redirect, request
from flask.testing import FlaskClient
from sqlalchemy import func, select

from wohnberatung.accounts.models import Organisation
from wohnberatung.accounts.services import organisations
from wohnberatung.core.transactions import commits
from wohnberatung.extensions import db
from wohnberatung.web.access import ACCESS, ANYBODY


def add_routes(app: Flask) -> None:
    """Before the first request of the application."""
    for name, view in (("create", create), ("replace", replace)):
        app.add_url_rule(f"/probe/{name}", f"probe.{name}", view, methods=["POST"])
    app.add_url_rule("/probe/peek", "probe.peek", peek)
    for name in ("create", "replace", "peek"):
        ACCESS[f"probe.{name}"] = ANYBODY


@commits
def create() -> Any:
    return _write()


@commits(resubmittable=True)
def replace() -> Any:
    return _write()


def peek() -> Any:
    """A page that only reads must not be able to write, even if it tries."""
    organisations.create_organisation(name="from a GET", kind="company")
    return jsonify(done=True)


SECRET = "shown once"
PAGE = (
    '<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Probe</title></head>'
    f"<body><main><h1>Probe</h1><p>{SECRET}</p></main></body></html>"
)


def _write() -> Any:
    if request.form.get("then") == "preview":
        return PAGE
    organisation = organisations.create_organisation(name=request.form["name"], kind="company")
    match request.form.get("then"):
        case "refuse":
            return jsonify(error="no"), 400
        case "abort":
            abort(404)
        case "show":
            return PAGE
        case "tell":
            return jsonify(state="waiting"), 202
        case "crash":
            raise RuntimeError("Frau Geheim")
    return redirect(f"/probe/created/{organisation.id}")


def keys(client: FlaskClient, **request: Any) -> dict[str, str]:
    """CSRF token and idempotency key of a fresh form."""
    page = client.get("/anmelden", **request).text
    return dict(re.findall(r'name="(csrf_token|idempotency_key)" value="([^"]+)"', page))


def stored(app: Flask) -> int:
    """How many organisations a new transaction sees."""
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Organisation)) or 0
