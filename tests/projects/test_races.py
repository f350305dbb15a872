"""Two members give the last two votes at the same moment: the vote is counted once, with both."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

from flask import Flask
from sqlalchemy import select

from tests.factories import make_organisation, make_project
from tests.people import make_user
from wohnberatung.accounts.services.people import load_actor
from wohnberatung.core import clock
from wohnberatung.core.actors import VISITOR
from wohnberatung.core.transactions import transaction
from wohnberatung.extensions import db
from wohnberatung.projects.models import Ballot, JoinVote
from wohnberatung.projects.services.joining import ask_to_join
from wohnberatung.projects.services.votes import cast_ballot, open_vote


def test_two_last_votes_at_once_are_both_counted(own_app: Flask) -> None:
    project_id, enquiry_id, members = prepared(own_app)
    start = Barrier(2)

    def vote(user_id: str) -> None:
        with own_app.app_context():
            start.wait()
            with transaction():
                actor: Any = load_actor(user_id)
                cast_ballot(project_id, enquiry_id, "for", actor)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(vote, members))
    with own_app.app_context():
        assert db.session.scalars(select(JoinVote.outcome)).all() == ["accepted"]
        assert len(db.session.scalars(select(Ballot)).all()) == 2


def prepared(app: Flask) -> tuple[str, str, list[str]]:
    with app.app_context(), transaction():
        group = make_organisation(kind="initiative")
        members = [make_user("provider", organisation_ids=[group.id]).id for _number in range(2)]
        project = make_project(group)
        content = {"text": "Ich würde gern dazukommen."}
        enquiry, _token = ask_to_join(project.id, content, consent=("2026-11", "Ja."), actor=VISITOR)
        actor: Any = load_actor(members[0])
        open_vote(project.id, enquiry.id, clock.today() + timedelta(days=5), actor)
        return project.id, enquiry.id, members
