"""The answer to an enquiry as a letter, for whoever left where it goes."""

from flask_babel import force_locale
from flask_babel import gettext as _

from wohnberatung.advice.models import Enquiry
from wohnberatung.advice.services.enquiries import ASKED, content_of, notes_of, wants_letter
from wohnberatung.core.actors import Actor
from wohnberatung.core.clock import to_berlin
from wohnberatung.core.errors import NotFound
from wohnberatung.core.languages import language_of
from wohnberatung.core.settings import setting
from wohnberatung.papers import greeting, heading, paragraph, render


def letter_of(enquiry: Enquiry, actor: Actor) -> bytes:
    """The PDF with the newest answer, in the language in which was asked. NotFound while there is none, and where no
    address was left."""
    newest = next((note for note in reversed(notes_of(enquiry)) if note.answer), None)
    if newest is None or not wants_letter(enquiry):
        raise NotFound(_("Zu dieser Anfrage gibt es keinen Brief."))
    content, day = content_of(enquiry), to_berlin(newest.made_at).date()
    asked = next((content[key] for key in ASKED if content.get(key)), "")
    name = content.get("name", "")
    with force_locale(language_of(enquiry.language).locale):
        paper = {
            "title": _("Unsere Antwort"),
            "recipient": "\n".join(filter(None, (name, content["postal"]))),
            "reference": enquiry.receipt_number,
            "salutation": greeting(name),
            "parts": [
                *(paragraph(text) for text in _paragraphs(newest.answer)),
                *([heading(_("Das hatten Sie geschrieben"))] if asked else []),
                *(paragraph(text) for text in _paragraphs(asked)),
            ],
            "closing": _("Freundliche Grüße"),
            "signature": f"{newest.by or actor.name}\n{setting('OFFICE_NAME')}",
        }
    return render("letter", paper, enquiry.language, on=day)


def _paragraphs(text: str) -> list[str]:
    return [" ".join(each.split()) for each in text.replace("\r\n", "\n").split("\n\n") if each.strip()]
