"""A group decides on people whom the office presents: by account and by mailed ballot, counted into a step."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from tests.brokerage.ways import go
from tests.committed import committed
from tests.factories import make_organisation
from tests.infrastructure.client import CheckingClient
from tests.people import make_user, sign_in
from tests.providers.cases import ByMail, letters_to, paths_in, voting_group
from wohnberatung.brokerage.services.task_steps import TASK_STEPS, tasks_of
from wohnberatung.core.errors import Conflict, NotFound
from wohnberatung.core.steps import Party
from wohnberatung.extensions import db
from wohnberatung.projects.admission import ABSTAIN, AGAINST, FOR
from wohnberatung.providers.models import GroupMember, MatchVote, MatchVoter
from wohnberatung.providers.services import answering, voting

count_due_votes = committed(voting.count_due_votes)
remind_providers = committed(answering.remind_providers)


def ballots(people) -> list[str]:
    return [paths_in(person, "/stimme/")[0] for person in people]


def test_members_with_and_without_an_account_vote_and_their_yes_is_a_step(client: CheckingClient, session) -> None:
    match, members, _project = voting_group()
    assert match.events[-1].told == ["group"]
    own, by_mail = members[0], ballots([members[1], ByMail])
    sign_in(client, own)
    here = f"/anbieten/menschen/{match.id}"
    page = client.get(here).text
    assert "0 von 3" in page
    assert "Ja, wir möchten die Person kennenlernen" not in page, "no single member says yes for all"
    assert client.get(f"{here}/ja").status_code == 302
    client.submit(f"{here}/stimme", {"choice": FOR}, button="Abstimmen")
    stranger = client.application.test_client()
    for path in by_mail:
        assert "Lichte Breite" in stranger.get(path).text
    assert match.state == "presented", "a link that was only opened is no vote"
    client.submit(by_mail[0], {"choice": ABSTAIN}, button="Abstimmen")
    client.submit(by_mail[0], {"choice": FOR}, button="Stimme ändern")
    page = client.submit(by_mail[1], {"choice": FOR}, button="Abstimmen").text
    assert "Die Abstimmung ist zu Ende" in page
    assert (match.state, match.events[-1].party, match.events[-1].reason) == ("mutual_interest", "group", None)
    assert {voter.choice for voter in db.session.scalars(select(MatchVoter))} == {None}, "who voted how is gone"
    assert client.get(by_mail[0]).status_code == 200
    assert "Die Gruppe hat zugestimmt" in client.get(here).text


def task_of(match):
    (task,) = tasks_of(match)
    return task


def test_the_vote_opens_its_task_and_both_show_one_state(app, client: CheckingClient, session) -> None:
    match, members, _project = voting_group("two_thirds")
    task, desk, office = task_of(match), "/anbieten/aufgaben", app.test_client()
    assert (task.kind, task.owner, task.state) == ("group_vote", "group", "open")
    assert task.due_on == match.last_day - timedelta(days=1)
    sign_in(client, members[0])
    sign_in(office, make_user("advisor"))
    client.submit(f"/anbieten/menschen/{match.id}/stimme", {"choice": FOR}, button="Abstimmen")
    for reader, page in ((client, desk), (office, f"/vorschlaege/{match.id}")):
        shown = reader.get(page).text
        assert "Abgestimmt haben 1 von 3" in shown
        assert f"/aufgaben/{task.id}/tick" not in shown, "nobody ticks what is voted on"
    for by in (Party.GROUP, Party.OFFICE):
        with pytest.raises(Conflict, match="entscheidet die Abstimmung"):
            TASK_STEPS.check(task, "tick", by=by)
    for path in ballots([members[1], ByMail]):
        client.submit(path, {"choice": AGAINST}, button="Abstimmen")
    assert (match.state, task.state) == ("refused", "done")
    assert "Die Gruppe hat nicht zugestimmt." in office.get(f"/vorschlaege/{match.id}").text
    assert "Gerade ist nichts zu tun" in client.get(desk).text


def test_asked_anew_the_group_has_another_task_and_a_vote_that_is_off_needs_none(session) -> None:
    match, _members, _project = voting_group()
    go(match, "refuse", "ask_back")
    assert [task.state for task in tasks_of(match)] == ["open", "done"]
    go(match, "withdraw")
    assert sorted(task.state for task in tasks_of(match)) == ["done", "dropped"]


def test_a_no_needs_no_grounds_and_reaches_the_person_in_neutral_words(client: CheckingClient, session) -> None:
    match, members, _project = voting_group("two_thirds")
    for path, choice in zip(ballots([*members, ByMail]), (AGAINST, AGAINST, FOR), strict=True):
        client.submit(path, {"choice": choice}, button="Abstimmen")
    assert (match.state, match.reason) == ("refused", "group_no")
    assert "Gruppe" not in f"{match.stage.said} {match.stage.meaning}", "the person hears of no vote"


def test_on_the_last_day_it_is_counted_and_too_few_votes_are_no_answer(session) -> None:
    match, _members, _project = voting_group()
    ends_at = db.session.scalars(select(MatchVote.ends_at)).one()
    assert ends_at == match.due_at - timedelta(days=1)
    session.commit()
    assert count_due_votes() == 0
    with time_machine.travel(ends_at, tick=False):
        assert (count_due_votes(), count_due_votes()) == (1, 0)
    assert (match.state, match.reason) == ("refused", "too_few_votes")


def test_a_vote_after_the_end_or_by_a_stranger_does_not_count(client: CheckingClient, session) -> None:
    match, members, _project = voting_group()
    path = ballots([ByMail])[0]
    with time_machine.travel(match.due_at, tick=False):
        assert client.get(path).status_code == 404
    assert client.get("/stimme/falsch").status_code == 404
    ballot = path.rpartition("/")[2]
    assert client.get(f"/vorgestellt/{ballot}").status_code == 404, "a ballot answers for nobody else"
    go(match, "withdraw")
    with pytest.raises(NotFound):
        voting.cast_by_link(ballot, FOR)
    assert db.session.scalar(select(MatchVote)) is None
    sign_in(client, members[0])
    assert client.get(f"/anbieten/menschen/{match.id}/stimme").status_code == 302


def test_who_has_not_voted_is_reminded_with_another_link_and_votes_once(client: CheckingClient, session) -> None:
    match, members, _project = voting_group()
    first = ballots([*members, ByMail])
    client.submit(first[0], {"choice": FOR}, button="Abstimmen")
    session.commit()
    with time_machine.travel(match.due_at - timedelta(hours=47), tick=False):
        assert remind_providers() == 1
        assert [len(letters_to(person)) for person in (*members, ByMail)] == [1, 2, 2]
        again = ballots([ByMail])[0]
        assert again != first[2]
        client.submit(again, {"choice": FOR}, button="Abstimmen")
        client.submit(first[2], {"choice": AGAINST}, button="Stimme ändern")
        assert sum(1 for voter in db.session.scalars(select(MatchVoter)) if voter.choice) == 2


def test_while_the_place_is_reserved_for_somebody_else_the_count_waits(session) -> None:
    match, _members, _project = voting_group()
    ends_at = db.session.scalars(select(MatchVote.ends_at)).one()
    match.offer.status = "reserved"
    session.commit()
    with time_machine.travel(ends_at, tick=False):
        assert count_due_votes() == 0
        assert match.state == "presented"


def test_the_group_names_who_votes_without_an_account_and_they_can_leave(client: CheckingClient, session) -> None:
    match, members, project = voting_group()
    sign_in(client, members[0])
    page = f"/projekte/{project.id}/abstimmende"
    assert "Olga Ohnekonto" in client.get(page).text
    assert client.submit(page, {"name": "Emil", "email": "emil"}, button="Eintragen").status_code == 400
    assert "emil@example.org" in client.submit(page, {"name": "Emil", "email": "emil@example.org"}).text
    assert "emil@example.org" not in client.submit(page, button="Entfernen").text
    path = ballots([ByMail])[0]
    assert ByMail.email in client.get(path).text, "they read what is stored of them"
    client.submit(path, button="Meinen Namen und meine Adresse löschen")
    assert db.session.scalars(select(GroupMember)).all() == []
    assert client.get(path).status_code == 404
    assert match.state == "presented"
    sign_in(client, make_user("provider", organisation_ids=[make_organisation().id]))
    assert client.get(page).status_code == 404


def test_the_office_may_still_take_the_answer_down_and_the_vote_is_off(session) -> None:
    match, members, _project = voting_group()
    ballot = ballots([members[0]])[0].rpartition("/")[2]
    go(match, "welcome")
    assert match.state == "mutual_interest"
    with pytest.raises((NotFound, Conflict)):
        voting.cast_by_link(ballot, FOR)
