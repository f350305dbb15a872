"""A request told to its person in full (GDPR Articles 15 and 20): as JSON, and on paper like its receipt."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _

from wohnberatung.bridge.summary import Line, NeedsSummary, needs_summary
from wohnberatung.core import clock
from wohnberatung.core.languages import language_of
from wohnberatung.core.manifests import Declared, ExportedRecord, areas
from wohnberatung.mail.services.outbox import ToldMail, mails_about
from wohnberatung.papers import Part, address, callout, heading, moment, pairs, paragraph, points, render, steps
from wohnberatung.seekers.contents import StoredContact, StoredVersion
from wohnberatung.seekers.models import Consent, HousingRequest, RequestVersion
from wohnberatung.seekers.services.contacts import contact_words
from wohnberatung.seekers.services.drafts import changes_begun
from wohnberatung.seekers.services.requests import contact_of, load_request_by_token, needs_of
from wohnberatung.seekers.services.self_service import MyRequest, my_request


@dataclass(frozen=True)
class ToldOfRequest(Declared):
    """What an area stores about a request: under `key` in the file for programs, and `in_words` for the paper, as
    headings of level 1 with what stands below them; nothing where there is nothing to tell."""

    key: str
    stored: Callable[[HousingRequest], Sequence[ExportedRecord]]
    in_words: Callable[[HousingRequest], list[Part]]


class ToldVersion(StoredVersion):
    """A version in an export: `changed_at` in ISO 8601."""

    number: int
    changed_at: str


def told_by_areas() -> list[ToldOfRequest]:
    """What all areas declare, in their order."""
    return [told for area in areas() for told in area.told_of_request]


def stored_about(token: str) -> ExportedRecord:
    """For the holder of the secret link; NotFound for any other. Times are ISO 8601 in UTC."""
    request = load_request_by_token(token)
    return {
        "exported_at": clock.now().isoformat(),
        "receipt_number": request.receipt_number,
        "state": str(request.state),
        "held": request.held_for is not None,
        "language": request.language,
        "created_at": request.created_at.isoformat(),
        "updated_at": request.updated_at.isoformat(),
        "contact": contact_of(request),
        "needs": needs_of(request),
        "consents": [_consent(consent) for consent in request.consents],
        "versions": versions_of(request),
        "changes_begun": [draft.plain_answers for draft in changes_begun(request)],
        "mails": mails_about(request.person_key),
        **{told.key: told.stored(request) for told in told_by_areas()},
    }


def _consent(consent: Consent) -> ExportedRecord:
    return {
        "purpose": str(consent.purpose),
        "text": consent.text,
        "text_version": consent.text_version,
        "language": consent.language,
        "given_at": consent.given_at.isoformat(),
        "given_through": consent.given_through,
        "withdrawn_at": consent.withdrawn_at.isoformat() if consent.withdrawn_at else None,
    }


def versions_of(request: HousingRequest) -> list[ToldVersion]:
    """The request as it stood after each change: number, moment, contact, needs."""
    return [_version(version) for version in request.versions]


def _version(version: RequestVersion) -> ToldVersion:
    return {"number": version.number, "changed_at": version.changed_at.isoformat(), **version.plain_payload}


def receipt_paper(token: str, link: str, language: str) -> bytes:
    """PDF with the number, the secret link (`link`), how it goes on, and what was sent; NotFound as `my_request`.

    `language` is the code of one of ours."""
    with force_locale(language_of(language).locale):
        mine = my_request(token)
        parts = [
            callout(_("Ihre Nummer"), mine.request.receipt_number),
            paragraph(_("Nennen Sie uns diese Nummer, wenn Sie anrufen.")),
            pairs([(_("Abgesendet"), moment(mine.request.created_at))]),
            heading(_("Ihr Link")),
            paragraph(_("Damit sehen Sie jederzeit, wie es um Ihr Gesuch steht:")),
            address(link),
            paragraph(_("Wer den Link kennt, kann Ihr Gesuch sehen. Bewahren Sie dieses Blatt gut auf.")),
            heading(_("So geht es weiter")),
            steps(_next_steps(mine)),
            *told_needs(mine.needs),
            *_contact(mine.contact),
            *told_consents(mine.consents),
        ]
        return render("sheet", {"title": _("Ihr Gesuch ist angekommen"), "parts": parts}, language)


def export_paper(token: str, language: str) -> bytes:
    """PDF with everything that is stored about the request, in words."""
    with force_locale(language_of(language).locale):
        mine = my_request(token)
        request = mine.request
        known = [
            (_("Nummer"), request.receipt_number),
            (_("Stand"), mine.state.label),
            (_("Abgesendet"), moment(request.created_at)),
            (_("Zuletzt geändert"), moment(request.updated_at)),
        ]
        intro = _("Hier steht alles, was die Wohnberatung zu Ihrem Gesuch gespeichert hat.")
        parts = [
            paragraph(intro),
            pairs(known),
            *_contact(mine.contact),
            *told_needs(mine.needs),
            *told_consents(request.consents),
            *(part for told in told_by_areas() for part in told.in_words(request)),
            *_mails(mails_about(request.person_key)),
            *_versions(versions_of(request)),
        ]
        return render("sheet", {"title": _("Was wir über Sie gespeichert haben"), "parts": parts}, language)


def _next_steps(mine: MyRequest) -> list[str]:
    if mine.is_reachable:
        last = _("Passt etwas, melden wir uns bei Ihnen. Sie entscheiden, ob Sie es ansehen möchten.")
    else:
        last = _("Sehen Sie über Ihren Link nach, ob etwas passt. Sie entscheiden, ob Sie es ansehen möchten.")
    return [
        _("Eine Beraterin oder ein Berater liest Ihr Gesuch."),
        _("Wir vergleichen es mit den Angeboten und fragen nach, wo etwas unklar ist."),
        last,
    ]


def told_needs(needs: NeedsSummary) -> list[Part]:
    """What is sought, in words."""
    parts = [heading(_("Was Sie suchen"))]
    if needs.profiles:
        parts.append(points(needs.profiles))
    if needs.household:
        parts += [heading(_("Ihr Haushalt"), 2), pairs(needs.household)]
    for label, lines in needs.wishes:
        parts += [heading(label, 2), pairs(lines)]
    if not needs.wishes:
        parts.append(paragraph(_("Sie haben keine besonderen Wünsche an die Wohnung genannt.")))
    if own_words := _own_words(needs):
        parts += [heading(_("In Ihren Worten"), 2), paragraph(own_words)]
    return parts


def _own_words(needs: NeedsSummary) -> str:
    """The free text, where it is not told as a wish already."""
    told = {words for _label, lines in needs.wishes for _name, words in lines}
    return "" if needs.text in told else needs.text


def _contact(contact: StoredContact) -> list[Part]:
    return [heading(_("Wie wir Sie erreichen")), pairs(_contact_lines(contact))]


def _contact_lines(contact: StoredContact) -> list[Line]:
    note = contact.get("note")
    return [*contact_words(contact), *([(_("Außerdem"), note)] if note else [])]


def told_consents(consents: Iterable[Consent]) -> list[Part]:
    """What was agreed to and taken back, and when."""
    told = [(consent.text, _consent_words(consent)) for consent in consents]
    none = paragraph(_("Sie haben in nichts eingewilligt."))
    return [heading(_("Worin Sie eingewilligt haben")), pairs(told) if told else none]


def _consent_words(consent: Consent) -> str:
    given = moment(consent.given_at)
    if consent.withdrawn_at is None:
        return _("eingewilligt am %(given)s", given=given)
    withdrawn = moment(consent.withdrawn_at)
    return _("eingewilligt am %(given)s, zurückgenommen am %(withdrawn)s", given=given, withdrawn=withdrawn)


def _mails(mails: Iterable[ToldMail]) -> list[Part]:
    rows = [
        (moment(datetime.fromisoformat(mail["created_at"])), mail.get("text") or _("verschickt, Text gelöscht"))
        for mail in mails
    ]
    return [heading(_("E-Mails an Sie")), pairs(rows)] if rows else []


def _versions(versions: Iterable[ToldVersion]) -> list[Part]:
    """Every version with its contact and its wishes, as it stood then."""
    parts = [heading(_("Frühere Fassungen"))]
    for version in versions:
        title = _(
            "Fassung %(number)s vom %(moment)s",
            number=version["number"],
            moment=moment(datetime.fromisoformat(version["changed_at"])),
        )
        needs = needs_summary(version["needs"])
        rows = [*_contact_lines(version["contact"]), *needs.household]
        rows += [line for _label, lines in needs.wishes for line in lines]
        if own_words := _own_words(needs):
            rows.append((_("In Ihren Worten"), own_words))
        parts += [heading(title, 2), pairs(rows)]
    return parts if len(parts) > 1 else []
