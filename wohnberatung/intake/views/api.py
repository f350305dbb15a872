"""The interface for programs that send deliveries at night: a token instead of a person, JSON instead of pages.

No cookie is read or set, so there is nothing that another site could misuse: neither a form token nor an origin is
asked for.
"""

from typing import Any

from flask import Response, jsonify, make_response, request, url_for
from flask.typing import ResponseReturnValue

from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.transactions import commits
from wohnberatung.extensions import csrf
from wohnberatung.intake.recognise import Delivery
from wohnberatung.intake.services import enclosures, queries, uploads
from wohnberatung.intake.views import blueprint
from wohnberatung.intake.views.runs import file_name
from wohnberatung.web.limits import client_address, require

SCHEME = "Bearer "


@blueprint.post("/api/v1/imports")
@csrf.exempt
def receive_import() -> ResponseReturnValue:
    """`file`: the delivery as multipart/form-data; `full=1` where a table names all the organisation has."""
    token = _token()
    if token is None:
        return _unauthorised()
    require("upload", token.id)
    sent = request.files.get("file")
    if sent is None:
        raise DomainError("Es fehlt die Datei: erwartet wird multipart/form-data mit dem Feld file.")
    return _store(enclosures.receive(file_name(sent.filename), sent.stream), token.id)


@commits
def _store(delivery: Delivery, token_id: str) -> ResponseReturnValue:
    token = uploads.use_token(token_id)
    sender = uploads.Sender(token.organisation_id, token=token)
    full = request.form.get("full", "") in ("1", "true") and delivery.format != "openimmo"
    run = uploads.send(delivery, sender, full=full)
    address = url_for(".show_import", run_id=run.id)
    return jsonify(_state(run)), 202, {"Location": address}


@blueprint.get("/api/v1/imports/<run_id>")
def show_import(run_id: str) -> ResponseReturnValue:
    """Deliveries of the token's organisation only; others do not exist."""
    token = _token()
    if token is None:
        return _unauthorised()
    run = queries.run_of_token(run_id, token)
    if run is None:
        raise NotFound("Diese Lieferung gibt es nicht.")
    return jsonify(_state(run))


def _token() -> Any:
    """The token of the request. Wrong ones are counted, so that trying does not pay."""
    sent = request.headers.get("Authorization", "")
    token = uploads.find_token(sent.removeprefix(SCHEME)) if sent.startswith(SCHEME) else None
    if token is None:
        require("secret_link", client_address())
    return token


def _state(run: Any) -> dict[str, Any]:
    """What a program needs to know; `state` is one of the words of `RunState`."""
    counts = queries.counts_of(run)
    return {
        "id": run.id,
        "state": run.state,
        "file": run.file_name,
        "format": run.format,
        "message": run.trouble or run.too_many_removals,
        "notes": run.notes,
        "objects": {
            "all": counts["alle"],
            "new": counts["neu"],
            "changed": counts["geaendert"],
            "ended": counts["endet"],
            "unchanged": counts["unveraendert"],
            "skipped": counts["uebersprungen"],
            "with_faults": counts["fehler"],
        },
    }


def _unauthorised() -> Response:
    answer = make_response(jsonify(error="unauthorised", message="Der Zugang fehlt oder ist nicht gültig."), 401)
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer
