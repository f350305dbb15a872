"""Messages inside a match: what waits for the office, what they tell and forget."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.cases.services.desk import SHOWN, DeskContent, DeskLine, DeskSection
from wohnberatung.core.actors import Actor
from wohnberatung.core.manifests import Area
from wohnberatung.messages import models, views
from wohnberatung.messages.services.conversations import waiting_for
from wohnberatung.messages.services.personal_data import (
    forget_match_messages,
    match_messages_about,
    match_messages_in_words,
)
from wohnberatung.seekers.services.data_export import ToldOfRequest


def unread_messages(actor: Actor) -> DeskContent:
    """What was written to the office, and what it is to look at before it goes on."""
    waiting = waiting_for(actor)
    lines = [
        DeskLine(
            message.match.offer.display_title,
            _("%(number)s, anzusehen", number=message.match.request.receipt_number)
            if message.is_held
            else message.match.request.receipt_number,
            "messages.show_conversation",
            {"match_id": message.match_id},
            urgent=message.is_held,
        )
        for message in waiting[:SHOWN]
    ]
    return DeskContent(len(waiting), lines, "messages.list_waiting")


DESK = (DeskSection("match_messages", _l("Nachrichten zu Vorschlägen"), 23, unread_messages),)


AREA = Area(
    key="messages",
    models=models,
    blueprint=views.blueprint,
    desk=DESK,
    told_of_request=(ToldOfRequest("match_messages", match_messages_about, match_messages_in_words),),
    on_consent_withdrawn=(forget_match_messages,),
)
