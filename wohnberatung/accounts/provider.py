"""The city's own sign-in as it is reached: OpenID Connect with Authlib.

Authorization code flow with PKCE, `state` and `nonce` (OpenID Connect Core 1.0, 3.1; RFC 7636). What is promised about
the person is believed only from a token that the configured issuer signed for us.
"""

from dataclasses import dataclass
from typing import Any

import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.common.urls import add_params_to_uri
from authlib.integrations.flask_client import OAuth
from flask import current_app
from flask_babel import gettext as _
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug import Response

from wohnberatung.core.errors import DomainError
from wohnberatung.core.settings import public_link, setting

log = structlog.get_logger(__name__)

EXTENSION = "wohnberatung.city_sign_in"
BACK = "accounts.come_back_from_city"
# Seconds; nobody waits longer for a page of ours.
TIMEOUT = 8
# Signed with a key that only the provider has: never "none", never a secret that both know.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")


@dataclass(frozen=True)
class CityPerson:
    """Who the provider says this is. `roles` are ours, None where the operator leaves roles to us; `has_two_factors`
    says whether the provider asked for a second one."""

    issuer: str
    subject: str
    email: str
    name: str
    roles: frozenset[str] | None
    has_two_factors: bool


class CitySignInFailed(DomainError):
    """The provider does not answer, or not as it must; the message says what the person can do."""


def is_offered() -> bool:
    return bool(setting("OIDC_ISSUER") and setting("OIDC_CLIENT_ID"))


def leave_for_city() -> Response:
    """To the provider's page; `state`, `nonce` and the PKCE secret wait in the sealed session."""
    try:
        response: Response = _client().authorize_redirect(public_link(BACK))
    except _TROUBLES as error:
        raise _failed(error) from error
    return response


def person_who_came_back() -> CityPerson:
    """Raises CitySignInFailed for everything that is not a fresh, signed answer to this very browser's question."""
    try:
        client = _client()
        # Each time anew, so that the provider may change its keys whenever it likes.
        client.fetch_jwk_set(force=True)
        token = client.authorize_access_token(claims_options=_required())
    except _TROUBLES as error:
        raise _failed(error) from error
    claims = token.get("userinfo")
    if not claims:
        raise _failed(ValueError("no id token"))
    return _person(claims)


def way_out() -> str:
    """Where the person ends their session with the provider too (RP-Initiated Logout 1.0); empty where it has no such
    page or does not answer. Without the token as a hint: secrets have no place in an address."""
    try:
        page = _client().load_server_metadata().get("end_session_endpoint", "") if is_offered() else ""
    except _TROUBLES:
        return ""
    params = {"client_id": setting("OIDC_CLIENT_ID"), "post_logout_redirect_uri": public_link("pages.show_start")}
    return str(add_params_to_uri(page, params)) if page else ""


_TROUBLES = (AuthlibBaseError, JoseError, RequestException, ValueError, RuntimeError, KeyError)


def _failed(error: Exception) -> CitySignInFailed:
    """The log tells the kind and the provider's own code for it, never the words, which may quote a person."""
    log.warning("city sign-in failed", kind=type(error).__name__, code=str(getattr(error, "error", ""))[:40])
    if getattr(error, "error", "") == "access_denied":
        return CitySignInFailed(_("Sie haben die Anmeldung bei Ihrer Stadt abgebrochen."))
    if isinstance(error, RequestException):
        return CitySignInFailed(
            _("Die Anmeldung Ihrer Stadt antwortet gerade nicht. Bitte versuchen Sie es in ein paar Minuten wieder.")
        )
    return CitySignInFailed(
        _("Die Anmeldung über Ihre Stadt hat nicht geklappt. Bitte beginnen Sie noch einmal von vorn.")
    )


def _client() -> Any:
    """Made once for each application and its settings; knows the provider's addresses once it has read them."""
    issuer = setting("OIDC_ISSUER").rstrip("/")
    if not is_offered():
        raise CitySignInFailed(_("Hier gibt es keine Anmeldung über die Stadt."))
    wanted = (issuer, setting("OIDC_CLIENT_ID"), setting("OIDC_CLIENT_SECRET"), setting("OIDC_SCOPES"))
    known = current_app.extensions.get(EXTENSION)
    if known is None or known[0] != wanted:
        known = current_app.extensions[EXTENSION] = (wanted, _new_client(*wanted))
    metadata = known[1].load_server_metadata()
    if str(metadata.get("issuer", "")).rstrip("/") != issuer:
        raise ValueError("the discovered issuer is another one")
    offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
    metadata["id_token_signing_alg_values_supported"] = [name for name in offered if name in ALGORITHMS]
    return known[1]


def _new_client(issuer: str, client_id: str, secret: str, scopes: str) -> Any:
    oauth = OAuth(current_app)
    return oauth.register(
        "city",
        client_id=client_id,
        client_secret=secret or None,
        server_metadata_url=f"{issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": scopes, "code_challenge_method": "S256", "default_timeout": TIMEOUT},
    )


def _required() -> dict[str, dict[str, object]]:
    """Of the token's claims: from the issuer that discovery named, for us, not over."""
    issuer = _client().load_server_metadata()["issuer"]
    named: dict[str, dict[str, object]] = {name: {"essential": True} for name in ("sub", "exp", "iat")}
    return named | {
        "iss": {"essential": True, "value": issuer},
        "aud": {"essential": True, "value": setting("OIDC_CLIENT_ID")},
    }


def _person(claims: Any) -> CityPerson:
    email, name = str(claims.get("email") or ""), str(claims.get("name") or claims.get("preferred_username") or "")
    shown = {claims.get("acr"), *_listed(claims.get("amr"))}
    return CityPerson(
        issuer=setting("OIDC_ISSUER").rstrip("/"),
        subject=str(claims["sub"]),
        email=email,
        name=name.strip()[:120] or email,
        roles=_roles(claims),
        has_two_factors=bool(shown & setting("OIDC_SECOND_FACTOR")),
    )


def _roles(claims: Any) -> frozenset[str] | None:
    """What the values of the claim mean here; a claim in a claim is named with a dot (``realm_access.roles``)."""
    path = setting("OIDC_ROLES_CLAIM")
    if not path:
        return None
    found = claims.get(path)
    if found is None:
        found = claims
        for name in path.split("."):
            found = found.get(name) if isinstance(found, dict) else None
    meaning = setting("OIDC_ROLES")
    return frozenset(meaning[value] for value in _listed(found) if value in meaning)


def _listed(found: object) -> list[str]:
    values = found if isinstance(found, list) else [found]
    return [str(value) for value in values if value is not None]
