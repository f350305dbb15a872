"""What joint cases keep about a person: told in full, ended with what it stands on, gone with the request."""

from flask_babel import gettext as _
from sqlalchemy import delete, select

from wohnberatung.cases.services.personal_data import UNSYNCHRONISED
from wohnberatung.cooperation.kinds import service_label
from wohnberatung.cooperation.models import JointCase, JointConsent, JointPartner, JointState, JointTaskState
from wohnberatung.cooperation.services.joint import close_unasked, joint_cases_of, tell_partners
from wohnberatung.cooperation.services.partners import withdraw_all
from wohnberatung.core.manifests import ExportedRecord
from wohnberatung.extensions import db
from wohnberatung.papers import Part, heading, moment, pairs, paragraph, points
from wohnberatung.seekers.models import HousingRequest, Purpose, RequestState

# What partners are told says something about health, and is of use to those alone who may be reached.
STANDS_ON = (Purpose.ADVICE, Purpose.HEALTH, Purpose.CONTACT)


def joint_cases_about(request: HousingRequest) -> list[ExportedRecord]:
    """Everything that is stored, withdrawn consents included."""
    return [
        {
            "state": joint.state,
            "begun_at": joint.created_at.isoformat(),
            "partners": [_partner(partner) for partner in joint.partners],
            "tasks": [
                {
                    "title": task.plain_title,
                    "owner": task.partner.entry.name if task.partner else "",
                    "due_on": task.due_on.isoformat(),
                    "state": task.state,
                }
                for task in joint.tasks
            ],
        }
        for joint in joint_cases_of(request)
    ]


def joint_cases_in_words(request: HousingRequest) -> list[Part]:
    """The same to read."""
    parts: list[Part] = []
    for joint in joint_cases_of(request):
        rows = [(consent.plain_text, _when(consent)) for partner in joint.partners for consent in partner.consents]
        asked = [(partner.entry.name, partner.plain_need) for partner in joint.partners if not partner.consents]
        tasks = [(f"{task.due_on:%d.%m.%Y}", f"{task.plain_title} ({_task_state(task.state)})") for task in joint.tasks]
        if rows or asked or tasks:
            title = _("Gemeinsamer Fall vom %(moment)s", moment=moment(joint.created_at))
            parts += [heading(title), pairs([*rows, *asked, *tasks])]
    return parts


def end_with_consent(request: HousingRequest, purpose: str) -> None:
    """Nobody of the partners may know any more, and what was written for them goes."""
    if purpose not in STANDS_ON:
        return
    withdraw_all(request)
    if purpose == Purpose.HEALTH:
        for joint in joint_cases_of(request):
            close_unasked(joint)
        # With the consents: their wording quotes what the person needs.
        db.session.execute(
            delete(JointCase).where(JointCase.request_id == request.id), execution_options=UNSYNCHRONISED
        )


def end_with_request(request: HousingRequest, _reason: str) -> None:
    """Once its person has withdrawn it; who has found a home may go on together."""
    if request.state == RequestState.WITHDRAWN:
        for joint in joint_cases_of(request):
            close_unasked(joint)


def tell_before_erasure(row_id: str) -> None:
    """The person behind a request is being erased: partners are told to delete what they noted."""
    open_ones = select(JointCase).where(JointCase.request_id == row_id, JointCase.state == JointState.OPEN)
    for joint in db.session.scalars(open_ones):
        tell_partners(joint, "joint_ended")


def _partner(partner: JointPartner) -> ExportedRecord:
    return {
        "provider": partner.entry.name,
        "service": str(partner.kind),
        "state": partner.state,
        "told": partner.plain_need,
        "with_contact": partner.with_contact,
        "consents": [
            {
                "text": consent.plain_text,
                "text_version": consent.text_version,
                "language": consent.language,
                "given_at": consent.given_at.isoformat(),
                "given_through": "link" if consent.recorded_by is None else "office",
                "withdrawn_at": consent.withdrawn_at.isoformat() if consent.withdrawn_at else None,
            }
            for consent in partner.consents
        ],
    }


def _when(consent: JointConsent) -> str:
    given = moment(consent.given_at)
    if consent.withdrawn_at is None:
        return _("eingewilligt am %(given)s", given=given)
    withdrawn = moment(consent.withdrawn_at)
    return _("eingewilligt am %(given)s, zurückgenommen am %(withdrawn)s", given=given, withdrawn=withdrawn)


def _task_state(state: str) -> str:
    words = {
        JointTaskState.OPEN: _("offen"),
        JointTaskState.DONE: _("erledigt"),
        JointTaskState.DROPPED: _("entfällt"),
    }
    return words[JointTaskState(state)]


def asked_by_post(request: HousingRequest, _values: object) -> tuple[str, list[Part]]:
    """The question for somebody who wants letters: what each provider would learn, and how to answer."""
    asked = [each for joint in joint_cases_of(request) for each in joint.partners if each.state == "asked"]
    told = [f"{service_label(each.kind)}, {each.entry.name}: {each.plain_need}" for each in asked]
    return _("Dürfen diese Dienste für Sie zusammenarbeiten?"), [
        paragraph(_("Mehrere Dienste könnten für Sie zusammenarbeiten. Dafür brauchen wir Ihre Einwilligung.")),
        paragraph(_("Das würden sie über Sie erfahren:")),
        points(told),
        paragraph(_("Rufen Sie uns an, oder schreiben Sie uns, ob Sie das möchten.")),
        paragraph(_("Ohne Ihre Antwort erfährt niemand etwas.")),
    ]
