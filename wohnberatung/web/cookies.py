"""Cookies of ours: out of reach of scripts, for our own pages, bound to this very host where there is https."""

from dataclasses import dataclass

from flask import current_app, request
from werkzeug import Response


@dataclass(frozen=True)
class Cookie:
    """Its name, and for how many seconds a browser keeps it; None: until it is closed."""

    plain_name: str
    kept_seconds: int | None = None

    @property
    def name(self) -> str:
        # __Host- binds the cookie to this very host; browsers accept it over https only.
        return f"__Host-{self.plain_name}" if current_app.config["HTTPS"] else self.plain_name

    @property
    def value(self) -> str:
        """What the browser sent; empty where it sent none."""
        return request.cookies.get(self.name, "")

    def give(self, response: Response, value: str) -> None:
        response.set_cookie(
            self.name,
            value,
            max_age=self.kept_seconds,
            httponly=True,
            secure=current_app.config["HTTPS"],
            samesite="Lax",
            path="/",
        )

    def take_back(self, response: Response) -> None:
        response.delete_cookie(self.name, httponly=True, secure=current_app.config["HTTPS"], samesite="Lax", path="/")
