"""A question whether a home is known that nobody has answered: nothing is taken over in its place."""

import io

from tests.factories import make_dwelling
from tests.intake.promoting import offers as offers_of
from tests.intake.uploads import clerk_of, done, outcomes, run_of, send, take
from tests.people import make_user, sign_in
from wohnberatung.accounts.services.organisations import add_member
from wohnberatung.dwellings.services.dwellings import Address
from wohnberatung.extensions import db
from wohnberatung.intake.recognise import recognise
from wohnberatung.intake.services import decisions, queries, uploads
from wohnberatung.jobs import worker


def offers():
    return offers_of(db.session)


def test_a_question_that_nobody_answered_is_never_taken_over_as_new(owner, clerk):
    make_dwelling(owner, Address("Müllerstraße", "4b", "01307", "Dresden", "2. OG"), floor=2, living_area_sqm=62)
    line = "Objektnummer;Straße;Hausnummer;PLZ;Lage im Haus;Etage;Wohnfläche;Warmmiete\n"
    line += "W1;Muellerstr.;4 b;01307;2.OG links;2;62;640\nW2;Woanders;9;01159;;1;40;500\n"
    run = take(line, clerk, owner)
    assert list(offers()) == ["W2"]
    told = outcomes(run.id)["W1"]
    assert (told.state, "nicht übernommen" in told.notes[-1]) == ("skipped", True)
    run_id = send(line + " ", clerk, owner)
    number = next(shown.number for shown in queries.shown(queries.shown_objects(run_of(run_id), "doppelt").items))
    done(decisions.decide_double, run_id, clerk, number, "")
    done(decisions.apply_run, run_id, clerk)
    assert sorted(offers()) == ["W1", "W2"]


def test_a_program_takes_nothing_over_that_a_person_should_answer(owner, clerk):
    make_dwelling(owner, Address("Müllerstraße", "4b", "01307", "Dresden", "2. OG"), floor=2, living_area_sqm=62)
    line = "Objektnummer;Straße;Hausnummer;PLZ;Lage im Haus;Etage;Wohnfläche;Warmmiete\n"
    line += "W1;Muellerstr.;4 b;01307;2.OG links;2;62;640\n"
    _token, secret = uploads.create_token(owner.id, clerk, label="Programm", applies=True)
    sender = uploads.Sender(owner.id, token=uploads.find_token(secret))
    run_id = uploads.send(recognise("a.csv", io.BytesIO(line.encode())), sender).id
    db.session.commit()
    worker.do_due()
    assert (run_of(run_id).state, offers()) == ("promoted", {})


def test_the_page_says_that_an_answer_is_missing(client, owner):
    user = make_user("provider")
    add_member(user.id, owner.id, "manager")
    sign_in(client, user)
    make_dwelling(owner, Address("Müllerstraße", "4b", "01307", "Dresden"), floor=2, living_area_sqm=62)
    db.session.commit()
    line = "Objektnummer;Straße;Hausnummer;PLZ;Etage;Wohnfläche;Warmmiete\nW1;Muellerstr.;4 b;01307;2;62;640\n"
    run_id = send(line, clerk_of(owner), owner)
    page = client.get(f"/einlesen/{run_id}").text
    assert ("Noch zu beantworten" in page, "1 Wohnung haben Sie vielleicht schon" in page) == (True, True)
