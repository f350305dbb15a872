"""Somebody would like to join: asked, sealed, answered by the group, decided on by all its members."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.committed import committed
from tests.factories import make_organisation, make_project
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from wohnberatung.accounts.services import people
from wohnberatung.accounts.services.organisations import add_member
from wohnberatung.core import clock
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services.outbox import open_content
from wohnberatung.privacy import retention
from wohnberatung.privacy.models import PersonKey
from wohnberatung.projects.admission import RULES, outcome_of
from wohnberatung.projects.area import RETENTION
from wohnberatung.projects.models import Ballot, JoinEnquiry, JoinVote
from wohnberatung.projects.services import votes

carry_out = committed(retention.carry_out)
close_due_votes = committed(votes.close_due_votes)

SAID = {
    "called": "Erika",
    "text": "Ich koche gern für viele.",
    "name": "Erika Musterfrau",
    "email": "erika@example.org",
    "consent": "y",
}
LAST_DAY = (clock.today() + timedelta(days=10)).isoformat()


def text_of(response) -> str:
    return words(Page(response.text).root.find(".//main"))


@pytest.fixture
def project():
    return make_project(make_organisation(kind="initiative"), name="Gartenhof")


@pytest.fixture
def members(project):
    people = [make_user("provider", organisation_ids=[project.organisation_id]) for _number in range(2)]
    people.append(make_user("provider"))
    add_member(people[2].id, project.organisation_id)
    return people


def ask(client, project, **said):
    """The address of the person's own page."""
    answer = client.submit(f"/wohnprojekte/{project.id}/mitmachen", SAID | said, follow=False)
    assert answer.status_code == 302, text_of(answer)
    return answer.headers["Location"]


def stored() -> JoinEnquiry:
    return db.session.scalars(select(JoinEnquiry)).one()


def desk_of(project) -> str:
    return f"/projekte/{project.id}/anfragen/{stored().id}"


def test_what_is_written_is_sealed_and_needs_consent(session, client, project):
    refused = client.submit(f"/wohnprojekte/{project.id}/mitmachen", SAID | {"consent": None})
    assert refused.status_code == 400
    assert "koche gern" in refused.text
    page = client.get(ask(client, project))
    assert stored().receipt_number in text_of(page)
    assert b"koche" not in stored().content
    assert stored().consent_text.startswith("Ich willige ein")


def test_the_group_reads_the_message_but_the_contact_only_once_released(session, client, project, members):
    mine = ask(client, project)
    sign_in(client, members[0])
    page = text_of(client.get(desk_of(project)))
    assert "Ich koche gern" in page
    assert "Musterfrau" not in page
    assert "erika@example.org" not in page
    sign_in(client, make_user("advisor"))
    assert "Musterfrau" in text_of(client.get(desk_of(project)))
    client.submit(mine, button="Der Gruppe meinen Kontakt zeigen")
    sign_in(client, members[0])
    assert "erika@example.org" in text_of(client.get(desk_of(project)))
    client.submit(mine, button="Nicht mehr zeigen")
    sign_in(client, members[0])
    assert "erika@example.org" not in text_of(client.get(desk_of(project)))


def test_the_group_answers_and_the_person_reads_it_and_writes_back(session, client, project, members):
    mine = ask(client, project)
    sign_in(client, members[0])
    assert "Eine Person wartet" in text_of(client.get(f"/projekte/{project.id}"))
    client.submit(desk_of(project), {"text": "Komm am Freitag vorbei!"})
    assert stored().state == "answered"
    assert "Komm am Freitag vorbei!" in text_of(client.get(mine))
    client.submit(mine, {"text": "Ich bringe Kuchen mit."})
    assert stored().state == "open"
    assert "Kuchen" in text_of(client.get(desk_of(project)))
    mails = [open_content(mail) for mail in db.session.scalars(select(OutgoingMail))]
    to_the_person = [mail for mail in mails if mail["to"] == SAID["email"]]
    to_the_group = [mail for mail in mails if mail["to"] in {member.email for member in members}]
    assert (len(to_the_person), len(to_the_group)) == (2, 2)
    assert all("Freitag" not in mail["text"] and "Gartenhof" not in mail["text"] for mail in mails)


def test_what_looks_like_spam_waits_for_the_office(session, client, project, members):
    ask(client, project, homepage="http://spam.example")
    sign_in(client, members[0])
    assert "Noch keine Anfrage" in text_of(client.get(f"/projekte/{project.id}/anfragen"))
    assert client.get(desk_of(project)).status_code == 404
    leaving = select(OutgoingMail.template).where(OutgoingMail.state == "queued").order_by(OutgoingMail.template)
    assert db.session.scalars(leaving).all() == []
    sign_in(client, make_user("advisor"))
    assert stored().receipt_number in text_of(client.get("/projekte"))
    client.submit(desk_of(project), button="Kein Spam")
    assert db.session.scalars(leaving).all() == ["join_arrived", "join_received"]
    sign_in(client, members[0])
    assert "Erika" in text_of(client.get(f"/projekte/{project.id}/anfragen"))


def test_all_members_vote_once_and_the_person_learns_no_numbers(session, client, project, members):
    mine = ask(client, project)
    sign_in(client, members[0])
    client.submit(desk_of(project), {"last_day": LAST_DAY})
    told_of_it = {
        open_content(mail)["to"] for mail in db.session.scalars(select(OutgoingMail).filter_by(template="vote_opened"))
    }
    assert told_of_it == {member.email for member in members[1:]}
    client.submit(desk_of(project), {"choice": "against"})
    assert "1 von 3" in text_of(client.submit(desk_of(project), {"choice": "for"})), "changed, not counted twice"
    sign_in(client, members[1])
    page = text_of(client.submit(desk_of(project), {"choice": "abstain"}))
    assert "dafür: 1" not in page.lower(), "no count before the end"
    sheet = votes.vote_sheet(db.session.scalars(select(JoinEnquiry)).one(), people.load_actor(members[1].id))
    assert (sheet.cast, sheet.counts) == (2, {})
    sign_in(client, members[2])
    page = text_of(client.submit(desk_of(project), {"choice": "for"}))
    assert "Die Gruppe hat zugestimmt. Dafür: 2, dagegen: 0, enthalten: 1." in page
    told = text_of(client.get(mine))
    assert "herzlich eingeladen" in told
    assert "Dafür" not in told
    assert db.session.scalars(select(JoinVote.outcome)).one() == "accepted"


def test_one_against_ends_a_consensus_and_the_person_reads_neutral_words(session, client, project, members):
    mine = ask(client, project)
    sign_in(client, members[0])
    client.submit(desk_of(project), {"last_day": LAST_DAY})
    for member, choice in zip(members, ("for", "for", "against"), strict=True):
        sign_in(client, member)
        client.submit(desk_of(project), {"choice": choice})
    told = text_of(client.get(mine))
    assert "Das sagt nichts über Sie" in told
    assert "dagegen" not in told.lower()


def test_a_vote_ends_on_its_day_with_those_who_voted(session, client, project, members):
    ask(client, project)
    sign_in(client, members[0])
    client.submit(desk_of(project), {"last_day": LAST_DAY})
    client.submit(desk_of(project), {"choice": "for"})
    assert close_due_votes() == 0
    db.session.scalars(select(JoinVote)).one().ends_at = clock.now()
    db.session.flush()
    assert close_due_votes() == 1
    assert db.session.scalars(select(JoinVote.outcome)).one() == "too_few"
    assert stored().state == "open", "nobody is told a result that is none"


def test_nobody_but_members_votes(session, client, project, members):
    ask(client, project)
    sign_in(client, members[0])
    client.submit(desk_of(project), {"last_day": LAST_DAY})
    sign_in(client, make_user("advisor"))
    assert "Stimme" not in text_of(client.get(desk_of(project))).replace("Abstimmung", "")
    sign_in(client, make_user("provider", organisation_ids=[make_organisation(kind="initiative").id]))
    assert client.get(desk_of(project)).status_code == 404
    assert db.session.scalars(select(Ballot)).all() == []


@pytest.mark.parametrize(
    ("rule", "votes", "outcome"),
    [
        ("consensus", (3, 0, 1), "accepted"),
        ("consensus", (3, 1, 0), "not_accepted"),
        ("two_thirds", (2, 1, 0), "accepted"),
        ("two_thirds", (3, 2, 0), "not_accepted"),
        ("majority", (3, 2, 0), "accepted"),
        ("majority", (2, 2, 1), "not_accepted"),
        ("majority", (0, 0, 4), "not_accepted"),
        ("consensus", (2, 0, 0), "too_few"),
    ],
)
def test_a_rule_says_what_a_count_comes_to(rule, votes, outcome):
    counts = dict(zip(("for", "against", "abstain"), votes, strict=True))
    assert outcome_of(RULES[rule], counts, electorate=5 if outcome == "too_few" else 4) == outcome


def test_the_person_withdraws_reads_everything_and_deletes_it(session, client, project, members):
    mine = ask(client, project)
    told = json.loads(client.get(f"{mine}/daten.json").data)
    assert (told["text"], told["contact"]["name"]) == (SAID["text"], SAID["name"])
    client.submit(f"{mine}/zurueckziehen", button="Ja, zurückziehen")
    assert stored().state == "withdrawn"
    client.submit(f"{mine}/loeschen", button="Ja, alles löschen")
    assert db.session.scalars(select(JoinEnquiry)).all() == []
    assert db.session.scalars(select(PersonKey).where(PersonKey.wrapped.is_not(None))).all() == []
    assert client.get(mine).status_code == 404


def test_old_enquiries_go_with_their_votes(session, client, project, members):
    ask(client, project)
    sign_in(client, members[0])
    client.submit(desk_of(project), {"last_day": LAST_DAY})
    client.submit(desk_of(project), {"choice": "for"})
    client.submit(desk_of(project), {"text": "Danke!"})
    stored().closed_at = clock.now() - timedelta(days=200)
    db.session.flush()
    assert sum(carry_out(rule).count for rule in RETENTION) == 1
    for table in (JoinEnquiry, JoinVote, Ballot):
        assert db.session.scalars(select(table)).all() == []


def test_a_draft_takes_no_enquiries(client):
    project = make_project(published=False)
    assert client.get(f"/wohnprojekte/{project.id}/mitmachen").status_code == 404
