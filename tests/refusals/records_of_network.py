"""Introductions in the states in which each of their deeds may be done, and a request for discretion."""

from datetime import timedelta

from tests.discretion.cases import make_request_for_discretion
from tests.factories import make_organisation, make_project, provider_of
from tests.network.pairs import REASONS, WORDING, founders, seeking
from tests.tenancy.samples import Tenant
from tests.viewings.cases import in_days
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.ids import hash_token, new_token
from wohnberatung.extensions import db
from wohnberatung.network.models.introductions import Introduction, IntroductionLink
from wohnberatung.network.services import consenting, introductions, meetings, thread
from wohnberatung.network.services.sides import SideStanding
from wohnberatung.network.services.sites import publish_site, save_site
from wohnberatung.pictures.received import ReceivedFile, ReceivedType

Records = dict[str, str]
OF_ACQUAINTED = ("take_back", "write_to_sides", "fetch_introduction_file", "propose_meeting", "record_outcome")
OF_MEETING = ("choose_meeting", "call_off_meeting", "download_meeting")


def records_of_network(actor: Actor, tenant: Tenant) -> Records:
    """Of the tenant's sites, and by the links of people who seek."""
    asked, offered, met, dated = (_pair(actor, tenant, number) for number in range(4))
    assert asked.state == "asked"
    found = {"network.decide introduction_id": asked.id, "network.answer_introduction introduction_id": offered.id}
    for row in (met, dated):
        _agree(row)
    found |= {f"network.{name} introduction_id": met.id for name in OF_ACQUAINTED}
    found |= {f"network.{name} introduction_id": dated.id for name in OF_MEETING}
    meetings.propose_meeting(SideStanding(dated, dated.sides[1]), [in_days(4)], "Am Tor", version=0)
    found["network.fetch_introduction_file file_id"] = _file(met)
    found["network.answer_introduction side"] = offered.sides[0].id
    found |= {"network.decide version": str(asked.version), "network.answer_introduction version": str(offered.version)}
    found |= _versions(met, dated)
    return (
        found
        | _by_link()
        | {
            "founders": ",".join(seeking(name).request.id for name in ("Anna Neu", "Olga Neu")),
            "discretion.request_id": make_request_for_discretion().id,
            "other_id": make_project(make_organisation(kind="initiative")).id,
        }
    )


def _by_link() -> Records:
    """People who seek: some are asked, some know each other, some have a date to choose."""
    found: Records = {}
    for names in (("show_introduction", "answer_introduction"), OF_ACQUAINTED, OF_MEETING):
        row, _people = founders(f"Eins {names[0]}", f"Zwei {names[0]}")
        if names[0] != "show_introduction":
            _agree(row)
        if names is OF_MEETING:
            meetings.propose_meeting(SideStanding(row, row.sides[1]), [in_days(4)], "Am Tor", version=0)
        if names is OF_ACQUAINTED:
            found["network.fetch_introduction_file_by_link file_id"] = _file(row)
        token, until = new_token(), clock.now() + timedelta(days=30)
        db.session.add(IntroductionLink(token_hash=hash_token(token), side_id=row.sides[0].id, valid_until=until))
        found |= {f"network.{name}_by_link token": token for name in names}
        found |= {f"network.{name}_by_link version": _version(row, name) for name in names}
    return found


def _versions(met: Introduction, dated: Introduction) -> Records:
    return {
        f"network.{name} version": _version(row, name)
        for row, names in ((met, OF_ACQUAINTED), (dated, OF_MEETING))
        for name in names
    }


def _version(row: Introduction, deed: str) -> str:
    """Of the meeting, where the deed is about that; 0 where there is none yet."""
    meeting = meetings.meeting_of(row)
    return str((meeting.version if meeting else 0) if "meeting" in deed else row.version)


def _pair(actor: Actor, tenant: Tenant, number: int) -> Introduction:
    """The first is asked for by the tenant, the others the office has brought forward."""
    texts = {"title": f"Haus {number}", "description": "", "address": ""}
    site = publish_site(save_site(tenant.organisation.id, texts, {"site_kind": "house"}, None).id, actor)
    project = make_project(make_organisation(kind="initiative"))
    if number == 0:
        return introductions.ask_introduction(site.id, project.id, "Passt das?", provider_of(tenant.organisation))
    return introductions.ask_introduction(site.id, project.id, "", actor, REASONS)


def _agree(row: Introduction) -> None:
    for side in row.sides:
        consenting.answer(SideStanding(row, side), agrees=True, wording=WORDING, version=row.version)


def _file(row: Introduction) -> str:
    file = ReceivedFile(ReceivedType.PDF, b"%PDF-1.7\n%%EOF\n", "Grundriss.pdf")
    return thread.write(SideStanding(row, row.sides[0]), "Anbei.", [file]).files[0].id
