"""What every answer says to the browser, errors included."""

from flask import Flask, Response, current_app, request, session

from wohnberatung.core.actors import ANYBODY
from wohnberatung.web.access import ACCESS

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        # The design system draws its icons as data: images inside its style sheet.
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"


def add_headers(response: Response) -> Response:
    """Security headers, and no cache for anything that may concern one person."""
    response.headers["Content-Security-Policy"] = CONTENT_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "DENY"
    # same-origin, not no-referrer: the CSRF check needs the page's own address.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = PERMISSIONS
    if current_app.config["HTTPS"]:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if not _is_static(response):
        response.vary.add("Cookie")
        response.headers["Cache-Control"] = "no-store" if _is_personal() else "no-cache"
    return response


def _is_static(response: Response) -> bool:
    return request.endpoint == "static" and response.status_code < 400


def _is_personal() -> bool:
    if ACCESS.get(request.endpoint or "", ANYBODY) != ANYBODY:
        return True
    return bool(session) or getattr(session, "token", None) is not None or request.method == "POST"


def install(app: Flask) -> None:
    app.after_request(add_headers)
