"""For load balancers, Prometheus, and administrators."""

from hmac import compare_digest
from ipaddress import ip_address

from flask import Blueprint, Response, abort, current_app, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from wohnberatung.core.metrics import registry
from wohnberatung.core.transactions import commits
from wohnberatung.watch import services
from wohnberatung.web.visitors import current_actor

blueprint = Blueprint("watch", __name__)


@blueprint.get("/gesundheit/lebt")
def show_live() -> ResponseReturnValue:
    """This process answers. Where it does not, it is to be started anew."""
    return jsonify(ok=True)


@blueprint.get("/gesundheit")
@blueprint.get("/gesundheit/bereit")
def show_ready() -> ResponseReturnValue:
    """Whether people may be sent here: 200, else 503. Nothing in it is worth hiding."""
    now = services.readiness()
    told = {"ok": now.ok, "database": now.database, "migrated": now.migrated, "disk": now.disk}
    return jsonify(told), 200 if now.ok else 503


@blueprint.get("/metriken")
def show_metrics() -> ResponseReturnValue:
    """Figures in Prometheus' text: 404 where the operator has opened them to nobody, 401 for all others."""
    _only_for_monitors()
    return Response(generate_latest(registry(services.QueueFigures())), content_type=CONTENT_TYPE_LATEST)


def _only_for_monitors() -> None:
    token, networks = current_app.config["METRICS_TOKEN"], current_app.config["METRICS_ALLOW"]
    if not (token or networks):
        abort(404)
    sent = request.authorization
    if token and sent and sent.type == "bearer" and compare_digest((sent.token or "").encode(), token.encode()):
        return
    if not any(ip_address(request.remote_addr or "0.0.0.0") in network for network in networks):
        abort(401)


@blueprint.get("/verwaltung/betrieb")
def show_overview() -> ResponseReturnValue:
    lines = services.lines(current_actor())
    return render_template("watch/overview.html", lines=lines, ready=services.readiness())


@blueprint.post("/verwaltung/betrieb/<queue>")
@commits
def retry_queue(queue: str) -> ResponseReturnValue:
    count = services.retry(queue, current_actor())
    said = ngettext("%(num)s Eintrag beginnt noch einmal.", "%(num)s Einträge beginnen noch einmal.", count)
    flash(said if count else _("Hier ist nichts gescheitert."), "success" if count else "info")
    return redirect(url_for(".show_overview"))
