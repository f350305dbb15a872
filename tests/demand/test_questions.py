"""The one question: found, mailed, answered with a click, and at once in every list."""

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.committed import committed
from tests.factories import advisor, make_dwelling, make_offer, make_organisation, make_request, provider_of
from tests.infrastructure.client import CheckingClient
from tests.people import make_user, sign_in
from tests.planning.snapshots import invented
from wohnberatung.brokerage.services.rankings import ranked_offers
from wohnberatung.core import clock
from wohnberatung.core.errors import Conflict, DomainError, NotFound
from wohnberatung.demand.models import OfferQuestion
from wohnberatung.demand.services import questions
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services.outbox import open_content

mail_questions = committed(questions.mail_questions)

LIFT = {"key": "has_lift", "wanted": True, "importance": "must"}
DOOR = {"key": "inner_door_clear_width_cm", "wanted": 90, "importance": "must"}


@pytest.fixture
def asked(session: Any) -> Any:
    """An offer of which nobody knows whether there is a lift, which four requests need; two need wide doors."""
    owner = make_organisation()
    offer = make_offer(make_dwelling(owner), rent_warm_eur=500)
    requests = [make_request(LIFT).request for _number in range(4)] + [make_request(DOOR).request for _ in range(2)]
    db.session.commit()
    questions.refresh_questions()
    db.session.commit()
    return owner, offer, requests


def question(key: str) -> OfferQuestion:
    return db.session.query(OfferQuestion).filter_by(key=key).one()


def outlook(request: Any, offer: Any) -> str:
    db.session.commit()
    matches = ranked_offers(request, advisor(), include_misses=True).ranking.matches
    return next(match.outlook.value for match in matches if match.offer == offer.id)


def test_the_most_helpful_question_comes_first_and_its_count_is_the_published_one(asked):
    owner, _offer, _requests = asked
    found = questions.questions_for(provider_of(owner))
    assert [shown.question.key for shown in found] == ["has_lift", "inner_door_clear_width_cm"]
    assert (found[0].question.helps, found[0].helps) == (4, "weniger als 10 Menschen")
    invented(merkmale={"has_lift|*": [45, 30, 0]})
    assert questions.questions_for(provider_of(owner))[0].helps == "etwa 45 Menschen"
    assert questions.questions_for(provider_of(make_organisation())) == []


def test_an_answer_is_stated_and_changes_the_advisors_list(asked):
    owner, offer, requests = asked
    assert outlook(requests[0], offer) == "clarify"
    questions.answer_question(question("has_lift").id, True, provider_of(owner))
    assert outlook(requests[0], offer) == "fits"
    assert offer.dwelling.evidence["has_lift"]["level"] == "stated"
    questions.answer_question(question("has_lift").id, True, provider_of(owner))
    with pytest.raises(Conflict):
        questions.answer_question(question("has_lift").id, False, provider_of(owner))


def test_not_knowing_is_an_answer_that_is_not_asked_for_again(asked):
    owner, offer, _requests = asked
    questions.answer_question(question("has_lift").id, None, provider_of(owner))
    questions.refresh_questions()
    assert [shown.question.key for shown in questions.questions_for(provider_of(owner))] == [
        "inner_door_clear_width_cm"
    ]
    assert offer.dwelling.has_lift is None
    question("has_lift").answered_at = clock.now() - timedelta(days=200)
    questions.refresh_questions()
    assert len(questions.questions_for(provider_of(owner))) == 2


def test_others_know_nothing_of_a_question(asked):
    stranger = provider_of(make_organisation())
    with pytest.raises(NotFound):
        questions.answer_question(question("has_lift").id, True, stranger)
    with pytest.raises(NotFound):
        questions.load_shown("nichts", stranger)


def test_an_organisation_gets_one_question_by_mail_in_two_weeks(asked):
    owner, _offer, _requests = asked
    assert mail_questions() == 0  # nobody reads mails there
    make_user("provider", organisation_ids=[owner.id])
    assert (mail_questions(), mail_questions()) == (1, 0)
    mailed = question("has_lift")
    assert mailed.mailed_at is not None
    with pytest.raises(DomainError, match="schon unterwegs"):
        questions.ask_provider(mailed.id, advisor())
    questions.ask_provider(question("inner_door_clear_width_cm").id, advisor())
    assert [mail.template for mail in db.session.query(OutgoingMail)] == ["offer_question"] * 2


def mailed_path() -> str:
    """Where the link of the last mail leads."""
    mail = db.session.query(OutgoingMail).order_by(OutgoingMail.created_at.desc()).first()
    return re.search(r"/frage/\w+", open_content(mail)["text"])[0]


def test_a_mailed_link_answers_without_signing_in_until_its_day(client: CheckingClient, asked: Any) -> None:
    owner, offer, requests = asked
    make_user("provider", organisation_ids=[owner.id])
    mail_questions()
    path = mailed_path()
    page = client.get(path).text
    assert "Gibt es einen Aufzug" in page
    assert "Weiß ich nicht" in page
    assert offer.dwelling.has_lift is None
    assert "beantwortet" in client.submit(path, button="Ja").text
    assert offer.dwelling.has_lift is True
    assert outlook(requests[0], offer) == "fits"
    question("has_lift").valid_until = clock.now()
    assert client.get(path).status_code == 404
    assert client.get("/frage/falsch").status_code == 404


def test_a_number_is_asked_for_on_a_page_of_its_own(client: CheckingClient, asked: Any) -> None:
    owner, offer, _requests = asked
    sign_in(client, make_user("provider", organisation_ids=[owner.id]))
    page = client.get("/anbieten").text
    assert "Was die Wohnberatung fragt" in page
    path = f"/anbieten/frage/{question('inner_door_clear_width_cm').id}"
    answer = client.submit(path, {"answer": "breit"}, button="Antwort senden")
    assert (answer.status_code, "„breit“ ist keine Zahl" in answer.text) == (400, True)
    assert client.submit(path, {"answer": ""}, button="Antwort senden").status_code == 400
    assert "wirkt sofort in allen Listen" in client.submit(path, {"answer": "92"}, button="Antwort senden").text
    assert offer.dwelling.inner_door_clear_width_cm == 92
    assert "wieder danach" in client.submit(f"/anbieten/{offer.id}", button="Weiß ich nicht").text
    assert question("has_lift").state == "not_known"


def test_the_office_sees_what_to_ask_and_asks_with_one_click(client: CheckingClient, asked: Any) -> None:
    owner, _offer, _requests = asked
    sign_in(client, make_user("advisor"))
    assert "Per E-Mail fragen" in client.get("/fragen").text
    assert "keine E-Mail-Adresse" in client.submit("/fragen", button="Per E-Mail fragen").text
    make_user("provider", organisation_ids=[owner.id])
    assert "unterwegs" in client.submit("/fragen", button="Per E-Mail fragen").text
    assert db.session.query(OutgoingMail).count() == 1
    sign_in(client, make_user("provider", organisation_ids=[owner.id]))
    assert client.get("/fragen").status_code == 403
