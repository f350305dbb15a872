"""What viewings keep about a person: told to them in full, gone with their consent."""

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from matching.catalogue import HOMES
from wohnberatung.bridge.wording import spoken
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.core.manifests import ExportedRecord
from wohnberatung.core.steps import Party
from wohnberatung.extensions import db
from wohnberatung.papers import Part, heading, moment, pairs
from wohnberatung.seekers.models import HousingRequest, Purpose
from wohnberatung.viewings.models import FactCorrection, Viewing, ViewingFeedback, ViewingLink, WishToGoOn
from wohnberatung.viewings.services.timers import end_viewings
from wohnberatung.viewings.way_in import told_way_in


def viewings_about(request: HousingRequest) -> list[ExportedRecord]:
    """Each date with the way in, what was said afterwards and what was to be put right."""
    return [
        {
            "offer": viewing.match.offer.title,
            "state": viewing.state,
            "proposed": list(viewing.options),
            "starts_at": viewing.starts_at.isoformat() if viewing.starts_at else None,
            "missed": {"seeker": viewing.seeker_missed, "provider": viewing.provider_missed},
            "arrival": viewing.plain_arrival,
            "feedback": [
                {"side": each.side, "verdict": each.verdict, "words": each.plain_words if _is_own(each) else None}
                for each in _feedback_on(viewing)
            ],
            "corrections": [
                {"fact": each.key, "value": each.value, "measured": each.measured, "state": each.state}
                for each in _corrections_on(viewing)
            ],
        }
        for viewing in _viewings_of(request)
    ]


def viewings_in_words(request: HousingRequest) -> list[Part]:
    """The same to read."""
    parts: list[Part] = []
    for viewing in _viewings_of(request):
        rows = [(_("Termin"), moment(viewing.starts_at))] if viewing.starts_at else []
        rows += [(_("Vorgeschlagen"), ", ".join(moment(each) for each in viewing.moments))]
        rows += [(str(label), str(words)) for label, words, _own in told_way_in(viewing.plain_arrival or {})]
        rows += [(_("Was Sie danach gesagt haben"), _said(each)) for each in _feedback_on(viewing) if _is_own(each)]
        rows += [(_("Anders gesehen"), _seen(each)) for each in _corrections_on(viewing)]
        parts += [heading(viewing.match.offer.display_title, 2), pairs(rows)]
    return [heading(_("Termine zum Anschauen")), *parts] if parts else []


def forget_viewings(request: HousingRequest, purpose: str) -> None:
    """What people say afterwards tells about their health; with the consent to sharing every link dies that those who
    offer were mailed, and the dates are off."""
    mine = select(BrokeredMatch.id).where(BrokeredMatch.request_id == request.id)
    if purpose == Purpose.HEALTH:
        db.session.execute(
            update(ViewingFeedback).where(ViewingFeedback.match_id.in_(mine)).values(words=None),
        )
        db.session.execute(delete(FactCorrection).where(FactCorrection.match_id.in_(mine)))
    if purpose == Purpose.SHARING:
        db.session.execute(delete(ViewingLink).where(ViewingLink.match_id.in_(mine)))
    end_viewings(request, purpose)


def _viewings_of(request: HousingRequest) -> list[Viewing]:
    mine = select(Viewing).join(Viewing.match).where(BrokeredMatch.request_id == request.id)
    return list(db.session.scalars(mine.order_by(Viewing.created_at, Viewing.id)))


def _feedback_on(viewing: Viewing) -> list[ViewingFeedback]:
    return list(db.session.scalars(select(ViewingFeedback).where(ViewingFeedback.match_id == viewing.match_id)))


def _corrections_on(viewing: Viewing) -> list[FactCorrection]:
    return list(db.session.scalars(select(FactCorrection).where(FactCorrection.match_id == viewing.match_id)))


def _seen(correction: FactCorrection) -> str:
    fact = HOMES.fact(correction.key)
    return _("%(label)s: %(value)s", label=_(fact.label), value=fact.format(correction.value, spoken()))


def _is_own(feedback: ViewingFeedback) -> bool:
    """What those who offer write to the office is theirs."""
    return feedback.side == Party.SEEKER


def _said(feedback: ViewingFeedback) -> str:
    verdicts = {
        WishToGoOn.YES: _("Das möchte ich."),
        WishToGoOn.UNSURE: _("Ich weiß es noch nicht."),
        WishToGoOn.NO: _("Das möchte ich nicht."),
    }
    said = verdicts[WishToGoOn(feedback.verdict)]
    return f"{said}\n{feedback.plain_words}" if feedback.plain_words else said
