"""A mail from its templates: ``templates/mail/<name>.txt`` with subject and text, ``<name>.html`` beside it.

Mails tell that there is news and where to read it, never what it is: no needs, no addresses, no offers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import force_locale

from wohnberatung.core.links import public_link


@dataclass(frozen=True)
class Written:
    """Subject in one line, plain text, a whole HTML page."""

    subject: str
    text: str
    html: str


def write(template: str, language: str, values: Mapping[str, Any]) -> Written:
    """The mail in that language. Templates have `link(endpoint, …)` for addresses of our pages."""
    with force_locale(language):
        plain = current_app.jinja_env.get_template(f"mail/{template}.txt")
        rich = current_app.jinja_env.get_template(f"mail/{template}.html")
        given = {**values, "link": public_link, "language": language.replace("_", "-")}
        subject = " ".join("".join(plain.blocks["subject"](plain.new_context(given))).split())
        return Written(subject, plain.render(given).strip() + "\n", rich.render({**given, "subject": subject}))
