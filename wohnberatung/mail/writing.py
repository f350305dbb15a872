"""A mail from its templates: ``templates/mail/<name>.txt`` with subject and text, ``<name>.html`` beside it.

Mails tell that there is news and where to read it, never what it is: no needs, no addresses, no offers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import current_app
from flask_babel import force_locale

from wohnberatung.core.languages import ReadLanguage, language_of
from wohnberatung.core.settings import in_language, public_link


@dataclass(frozen=True)
class Written:
    """Subject in one line, plain text, a whole HTML page."""

    subject: str
    text: str
    html: str


def write(template: str, language: str, values: Mapping[str, Any]) -> Written:
    """The mail in the language of that code. Templates have `link(endpoint, …)` for addresses of our pages."""
    spoken = language_of(language)
    with force_locale(spoken.locale):
        plain = current_app.jinja_env.get_template(f"mail/{template}.txt")
        rich = current_app.jinja_env.get_template(f"mail/{template}.html")
        given = {**values, "link": _link_in(spoken), "language": spoken.tag}
        subject = " ".join("".join(plain.blocks["subject"](plain.new_context(given))).split())
        return Written(subject, plain.render(given).strip() + "\n", rich.render({**given, "subject": subject}))


def _link_in(language: ReadLanguage) -> Callable[..., str]:
    """Addresses of pages that open in the language of the mail, on whatever device."""
    return partial(public_link, **in_language(language))
