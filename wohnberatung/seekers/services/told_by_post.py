"""The receipt, and where a request stands, as letters: for those who want post, and have no link or have lost it.

A letter has no secret link, as whoever prints it would hold it. It says itself what the page behind the link shows, and
how everything that the page can do is done without it.
"""

from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy import delete

from wohnberatung.bridge.needs import day_that_passed
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError
from wohnberatung.extensions import db
from wohnberatung.papers import Part, callout, heading, moment, pairs, paragraph, points, steps
from wohnberatung.seekers.models import HousingRequest, PostalLetter
from wohnberatung.seekers.services.data_export import told_consents, told_needs
from wohnberatung.seekers.services.post import may_be_written_to, write_letter
from wohnberatung.seekers.services.requests import contact_of, load_request, needs_of
from wohnberatung.seekers.services.self_service import MyRequest

RECEIPT, INSTEAD_OF_LINK = "request_received", "new_link"


def receipt_by_post(request: HousingRequest, _values: Mapping[str, object]) -> tuple[str, list[Part]]:
    """That it has arrived, its number, how it goes on, and what was sent."""
    mine = _opened(request)
    return _("Ihr Gesuch ist angekommen"), [
        *_number(mine),
        heading(_("So geht es weiter")),
        steps(
            (
                _("Eine Beraterin oder ein Berater liest Ihr Gesuch."),
                _("Wir vergleichen es mit den Angeboten und fragen nach, wo etwas unklar ist."),
                _("Passt etwas, bekommen Sie einen Brief von uns. Sie entscheiden, ob Sie es ansehen möchten."),
            )
        ),
        *_without_link(),
        *told_needs(mine.needs),
        *told_consents(mine.consents),
    ]


def stand_by_post(request: HousingRequest, _values: Mapping[str, object]) -> tuple[str, list[Part]]:
    """What the page behind the link would show, for somebody who has lost it."""
    mine = _opened(request)
    why = _("Einen neuen Link schicken wir nicht mit der Post. Der Link ist geheim, auch wir sollen ihn nicht kennen.")
    return _("So steht es um Ihr Gesuch"), [
        paragraph(_("Sie haben den Link zu Ihrem Gesuch nicht mehr. In diesem Brief steht, was auf der Seite steht.")),
        paragraph(why),
        *_number(mine),
        pairs([(_("Stand"), mine.state.label)]),
        paragraph(mine.state.meaning),
        *_without_link(),
        *told_needs(mine.needs),
        *told_consents(mine.consents),
    ]


BY_POST = {RECEIPT: receipt_by_post, INSTEAD_OF_LINK: stand_by_post}


def write_instead_of_link(request_id: str, actor: Actor) -> PostalLetter:
    """The letter for somebody who wants post and has lost the link; one that was not posted yet is overtaken.

    DomainError where the person wants no letters; NotFound for a request that is not to be known of.
    """
    request = load_request(request_id, actor)
    letter = None
    if may_be_written_to(request):
        mine = PostalLetter.request_id == request.id, PostalLetter.template == INSTEAD_OF_LINK
        db.session.execute(delete(PostalLetter).where(*mine, PostalLetter.posted_at.is_(None)))
        letter = write_letter(request, INSTEAD_OF_LINK, {})
    if letter is None:
        raise DomainError(_("Diese Person möchte keine Briefe, oder wir dürfen ihr keine schreiben."))
    return letter


def _opened(request: HousingRequest) -> MyRequest:
    needs = needs_of(request)
    return MyRequest(request, contact_of(request), needs, day_that_passed(needs["requirements"]))


def _number(mine: MyRequest) -> list[Part]:
    return [
        callout(_("Ihre Nummer"), mine.request.receipt_number),
        paragraph(_("Nennen Sie uns diese Nummer, wenn Sie anrufen oder schreiben.")),
        pairs([(_("Abgesendet"), moment(mine.request.created_at))]),
    ]


def _without_link() -> list[Part]:
    """What one can ask of the office instead of doing it on the page."""
    return [
        heading(_("Das machen wir für Sie, am Telefon oder mit einem Brief")),
        points(
            (
                _("Wir sagen Ihnen, wie es um Ihr Gesuch steht."),
                _("Wir ändern, was nicht mehr stimmt."),
                _("Wir lassen Ihr Gesuch ruhen oder beenden es."),
                _("Wir nehmen zurück, worin Sie eingewilligt haben."),
                _("Wir schicken Ihnen alles, was wir über Sie gespeichert haben."),
                _("Wir löschen alles."),
            )
        ),
    ]
