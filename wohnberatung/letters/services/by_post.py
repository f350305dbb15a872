"""Proposals, reminders and news of matches as letters, for those who want post; and the letterbox."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from matching.ranking import match_of
from wohnberatung.bridge.frames import current_supply
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.matches import advance
from wohnberatung.brokerage.services.rankings import listed_match
from wohnberatung.brokerage.services.steps import STEPS, awaited_of
from wohnberatung.brokerage.states import STAGES, MatchState
from wohnberatung.cases.services.desk import SHOWN, DeskContent, DeskLine
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.languages import current_language
from wohnberatung.core.settings import setting
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.services.showcase import shown_offer
from wohnberatung.extensions import db
from wohnberatung.letters.services.homes import told_home
from wohnberatung.papers import Part, boxes, heading, pairs, paragraph
from wohnberatung.seekers.models import HousingRequest, PostalLetter
from wohnberatung.seekers.services.post import keep_as_posted, letters_about, letters_to_post, load_postal, paper_of
from wohnberatung.seekers.services.requests import contact_of, matching_request, needs_of

Told = tuple[str, list[Part]]


def proposal(request: HousingRequest, values: Mapping[str, object]) -> Told:
    """All that is known of how the home suits, and how to answer."""
    match = _match(values)
    begins = _("wir haben ein Angebot gefunden, das zu Ihnen passen kann. Hier steht, was wir darüber wissen.")
    return _("Unser Vorschlag für Sie"), [paragraph(begins), *_home(match), *_how_to_answer(match)]


def reminder(request: HousingRequest, values: Mapping[str, object]) -> Told:
    """The proposal again, whole: the first letter may be lost."""
    match = _match(values)
    begins = _("wir haben Ihnen ein Angebot vorgeschlagen und noch keine Antwort von Ihnen. Hier steht es noch einmal.")
    ends = paragraph(_("Antworten Sie nicht, geschieht nichts weiter. Nachteile haben Sie davon nicht."))
    return _("Wir warten auf Ihre Antwort"), [paragraph(begins), *_home(match), *_how_to_answer(match), ends]


def news(request: HousingRequest, values: Mapping[str, object]) -> Told:
    """Where the proposal stands, and whether something is needed of the person."""
    match = _match(values)
    told = [_which(match), paragraph(match.stage.said + "."), paragraph(match.stage.meaning)]
    if match.is_waiting_behind:
        told.append(
            paragraph(
                _("Im Moment ist das Angebot für jemand anderen reserviert. Wird es wieder frei, schreiben wir Ihnen.")
            )
        )
    if match.state == MatchState.VIEWING and match.viewing_on:
        told.append(paragraph(_("Der Termin: %(day)s", day=f"{match.viewing_on:{current_language().day_format}}")))
    if match.stage.turn is Party.SEEKER and not match.is_waiting_behind:
        told += _how_to_answer(match)
    return _("Es gibt Neues zu unserem Vorschlag"), told


def ended(request: HousingRequest, values: Mapping[str, object]) -> Told | None:
    """That it is over; nothing to whoever has neither got a letter about it nor answered."""
    match = _match(values)
    heard = any(letter.posted_at for letter in letters_about(match.id))
    if not heard and all(event.party != Party.SEEKER for event in match.events):
        return None
    return _("Unser Vorschlag gilt nicht mehr"), [
        _which(match),
        paragraph(match.stage.said + "."),
        paragraph(_("Sie müssen nichts tun. Wir suchen weiter.")),
    ]


BY_POST = {
    "proposal": proposal,
    "proposal_reminder": reminder,
    "match_news": news,
    "proposal_ended": ended,
}


def post_letter(letter_id: str, actor: Actor) -> PostalLetter:
    """It is in the letterbox: the days to answer what it proposes count from when it can be there."""
    letter = load_postal(letter_id, actor)
    if letter.posted_at is None:
        keep_as_posted(letter, actor)
        match = db.session.get(BrokeredMatch, letter.about_id) if letter.about_id else None
        if match is not None and match.state in STEPS["posted"].sources:
            advance(match.id, "posted", actor)
    return letter


def last_day_to_answer(letter: PostalLetter) -> str:
    """Until when the person may answer what a letter in the letterbox proposes; empty where it asks nothing."""
    match = db.session.get(BrokeredMatch, letter.about_id) if letter.about_id else None
    asked = match is not None and match.state == MatchState.OFFERED and match.last_day
    return f"{asked:%d.%m.%Y}" if asked else ""


def to_post(actor: Actor) -> DeskContent:
    """Letters for the letterbox, the longest waiting first."""
    waiting = letters_to_post(actor)
    today = clock.today()
    lines = [
        DeskLine(
            contact_of(letter.request).get("name") or _("ohne Namen"),
            f"{paper_of(letter)['title']}, {letter.request.receipt_number}, {_written(letter):%d.%m.%Y}",
            "letters.show_postal",
            {"letter_id": letter.id},
            urgent=_written(letter) < today,
        )
        for letter in waiting[:SHOWN]
    ]
    return DeskContent(len(waiting), lines, "letters.list_postal")


def _written(letter: PostalLetter) -> date:
    return clock.to_berlin(letter.written_at).date()


def _match(values: Mapping[str, object]) -> BrokeredMatch:
    return db.session.scalars(select(BrokeredMatch).where(BrokeredMatch.id == values["match_id"])).one()


def _home(match: BrokeredMatch) -> list[Part]:
    """As it is judged now: what was said when it was reviewed may be days old."""
    asked = matching_request(match.request)
    with current_supply() as supply:
        judged = match_of(asked, supply.frame, match.offer_id, texts=supply.texts)
    listed = listed_match(judged, match.offer, match)
    return [heading(_("Das Angebot")), *told_home(listed, needs_of(match.request)["household"])]


def _which(match: BrokeredMatch) -> Part:
    shown = shown_offer(match.offer)
    place = ", ".join(part for part in (shown.neighbourhood, shown.address) if part)
    rows = [(_("Angebot"), shown.title), (_("Nummer"), match.offer.number), (_("Wo"), place or _("unbekannt"))]
    return pairs(rows)


def _how_to_answer(match: BrokeredMatch) -> list[Part]:
    """The answers of the page, to be ticked on paper or said on the telephone."""
    answers = STEPS.offered(match, Party.SEEKER)
    awaited, phone, number = awaited_of(answers), setting("OFFICE_PHONE"), match.request.receipt_number
    lasts = STAGES[MatchState(match.state)].lasts
    told = [heading(_("Ihre Antwort"))]
    if match.state == MatchState.OFFERED and lasts:
        begins = ngettext(
            "Sie haben %(num)s Tag Zeit. Er zählt von dem Tag an, an dem dieser Brief ankommt.",
            "Sie haben %(num)s Tage Zeit. Sie zählen von dem Tag an, an dem dieser Brief ankommt.",
            lasts.days,
        )
        told.append(paragraph(begins))
    if phone:
        told.append(
            paragraph(_("Rufen Sie uns an: %(phone)s. Ihre Nummer ist %(number)s.", phone=phone, number=number))
        )
    told.append(paragraph(_("Sie können auch hier ankreuzen, was Sie möchten, und uns dieses Blatt zurückschicken:")))
    told.append(boxes(step.label for step in sorted(answers, key=lambda step: step is not awaited)))
    stays_unnamed = match.state != MatchState.MUTUAL_INTEREST
    told.append(
        paragraph(
            _(
                "Sie entscheiden. Wenn Sie ablehnen, haben Sie keine Nachteile. "
                "Ihren Namen erfährt durch Ihre Antwort niemand."
            )
            if stays_unnamed
            else _("Sie entscheiden. Wenn Sie ablehnen, haben Sie keine Nachteile.")
        )
    )
    return told
