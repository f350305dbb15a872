"""The matching workplace: views, concessions, trying out, comparing, notes."""

import pytest

from matching.catalogue import HOMES
from matching.outlook import Outlook
from tests.brokerage.cases import BALCONY, DOOR, asked, home
from tests.factories import advisor, make_offer, make_request
from tests.infrastructure.client import find_form, offered_values
from tests.infrastructure.pages import Page
from tests.people import make_user, sign_in
from wohnberatung.bridge.wording import decision_of
from wohnberatung.brokerage.services import pairs, rankings, request_sheets, requirement_trials
from wohnberatung.brokerage.services.personal_data import notes_about
from wohnberatung.brokerage.services.rankings import ShownList
from wohnberatung.core.errors import Conflict, Forbidden, NotFound
from wohnberatung.extensions import db
from wohnberatung.seekers.services.consents import withdraw_consent
from wohnberatung.seekers.services.requests import load_request, needs_of

MUST_BALCONY = BALCONY | {"importance": "must"}


@pytest.fixture
def city(session):
    """Homes that fit, that need an answer, and that miss the door or the balcony."""
    return {
        "fits": home("Passend", 95, balcony=True),
        "bare": home("Ohne Balkon", 95, balcony=False),
        "open": home("Offen", 95),
        "loud": home("Laut", 91, balcony=True, quiet_location=False),
    }


def titles(listed):
    return [item.offer.title for item in listed.matches]


def test_a_list_is_narrowed_to_one_outlook_and_every_offer_is_counted(city):
    request = make_request(DOOR, MUST_BALCONY).request
    whole = rankings.ranked_list(request.id, advisor())
    assert (whole.count.fits, whole.count.clarify, whole.missing) == (2, 1, 1)
    assert titles(rankings.ranked_list(request.id, advisor(), ShownList(Outlook.CLARIFY))) == ["Offen"]
    missing = rankings.ranked_list(request.id, advisor(), ShownList(Outlook.MISSES))
    assert titles(missing) == ["Ohne Balkon"]
    (change,) = missing.matches[0].changes
    assert (change.kind, change.key) == ("loosen", "balcony")


def test_advice_says_what_giving_way_brings_and_what_to_ask(city):
    request = make_request(DOOR, MUST_BALCONY).request
    advice = request_sheets.advice_for(request.id, advisor())
    assert [(item.key, item.opens) for item in advice.giving_way] == [("balcony", 1)]
    assert [item.offer.title for item in advice.questions] == ["Offen"]


def test_advice_never_goes_below_what_a_body_needs_and_a_pair_says_so(city, client):
    """Who cannot do without is not told to; a pair without a way says what stands in it."""
    narrow = home("Eng", 60, balcony=True)
    request = make_request(DOOR, MUST_BALCONY, profiles=("wheelchair",)).request
    advice = request_sheets.advice_for(request.id, advisor())
    assert [item.key for item in advice.giving_way] == ["balcony"]
    db.session.commit()
    sign_in(client, make_user())
    page = client.get(f"/gesuche/{request.id}/angebote/{narrow.id}").text
    assert "Was im Weg steht" in page
    assert "Daran lässt sich nichts lockern." in page
    assert "Das reicht mit" not in page


def test_trying_out_moves_the_list_and_stores_nothing(city):
    request = make_request(DOOR, MUST_BALCONY).request
    form = requirement_trials.trial_request_of(request.id, advisor())
    trial = requirement_trials.try_out(form, requirement_trials.eased(form, "balcony", 0))
    assert [move.listed.offer.title for move in trial.moves if move.before is None] == ["Ohne Balkon"]
    assert (trial.before, trial.entering, trial.leaving, trial.now) == (3, 1, 0, 4)
    assert needs_of(load_request(request.id, advisor()))["requirements"] == form.requirements
    stricter = requirement_trials.try_out(form, [*form.requirements, {"key": "quiet_location", "wanted": True}])
    assert [offer.title for offer in stricter.left] == ["Laut"]
    assert stricter.now == stricter.before + stricter.entering - stricter.leaving


def test_a_trial_counts_the_whole_list_not_its_first_page(city):
    """Offers behind the first page are neither new where they rise nor gone where they stay."""
    for number in range(rankings.TOP + 3):
        home(f"Weiter {number}", 95, balcony=True, garden=number == 0)
    request = make_request(DOOR, MUST_BALCONY).request
    form = requirement_trials.trial_request_of(request.id, advisor())
    wish = {"key": "garden", "wanted": True, "importance": "wish", "weight": 3}
    trial = requirement_trials.try_out(form, [*form.requirements, wish])
    assert trial.moves[0].listed.offer.title == "Weiter 0"
    assert trial.moves[0].before is not None
    assert (trial.entering, trial.leaving, trial.now) == (0, 0, trial.before)


def test_a_long_list_has_pages_and_ends_with_its_last_offer(city):
    for number in range(rankings.TOP):
        home(f"Weiter {number}", 95, balcony=True)
    request = make_request(DOOR, MUST_BALCONY).request
    first, second = (rankings.ranked_list(request.id, advisor(), ShownList(page=page)) for page in (1, 2))
    assert (first.page.total, second.page.pages, len(second.matches)) == (rankings.TOP + 3, 2, 3)
    assert [item.match.rank for item in second.matches] == [21, 22, 23]
    assert {item.offer.id for item in first.matches}.isdisjoint(item.offer.id for item in second.matches)
    assert titles(rankings.ranked_list(request.id, advisor(), ShownList(page=9))) == []


def test_any_home_can_be_looked_up_and_says_why_not(city):
    request = make_request(DOOR, MUST_BALCONY).request
    found = rankings.ranked_list(request.id, advisor(), ShownList(words="Balkon"))
    assert titles(found) == ["Ohne Balkon"]
    assert [change.key for change in found.matches[0].changes] == ["balcony"]
    assert titles(rankings.ranked_list(request.id, advisor(), ShownList(words="gibt es nicht"))) == []


@pytest.mark.parametrize(("importance", "is_over"), [("must", True), ("wish", False)])
def test_a_latest_day_that_has_passed_is_told_while_it_must_be(city, importance, is_over):
    day = {"key": "available_from", "wanted": "2020-08-01", "importance": importance}
    page = request_sheets.ranking_page(make_request(day).request.id, advisor())
    assert page.sheet.day_is_over is is_over


def test_a_list_says_which_answer_decides_and_no_percentage(city, client):
    request = make_request(DOOR, MUST_BALCONY, {"key": "garden", "wanted": True, "importance": "wish"}).request
    listed = rankings.ranked_list(request.id, advisor(), ShownList(Outlook.CLARIFY))
    decision = decision_of(listed.matches[0].match.reasons)
    assert (decision.open, decision.question) == (1, HOMES.fact("balcony").question)
    assert (decision.wishes, decision.wishes_met, decision.wishes_open) == (1, 0, 1)
    db.session.commit()
    sign_in(client, make_user())
    page = client.get(f"/gesuche/{request.id}?sicht=klaeren").text
    assert "Eine Antwort entscheidet:" in page
    assert "Passung 0" not in page
    assert "Wünsche erfüllt: 0 von 1; noch nicht bekannt: 1" in page


def test_a_list_says_where_works_alone_will_not_do(session, client):
    """Both the count above the list and the home itself."""
    for title, balcony in (("Alles klar", True), ("Balkon offen", None)):
        home(title, 80, balcony=balcony)
    request = make_request(DOOR, MUST_BALCONY).request
    db.session.commit()
    sign_in(client, make_user())
    page = " ".join(client.get(f"/gesuche/{request.id}").text.split())
    assert "Nach Anpassung (2, bei 1 davon Fragen offen)" in page
    assert (page.count("Passt nach Anpassung"), page.count("Anpassung nötig, Fragen offen")) == (1, 1)


def test_what_is_only_just_missed_stands_apart_from_what_suits(session):
    """138 cm where 150 cm are a must are not read as something that fits."""
    home("Knappe Tür", width=88)
    request = make_request(DOOR | {"tolerance": 5}).request
    (listed,) = rankings.ranked_list(request.id, advisor()).matches
    assert [reason.key for reason in listed.nearly] == ["inner_door_clear_width_cm"]
    assert listed.suiting == ()


@pytest.mark.parametrize(("rent", "met"), [(650, 1), (660, 1), (666, 0)])
def test_what_lies_beyond_the_tolerance_that_people_see_is_no_fulfilled_wish(session, rent, met):
    make_offer(rent_warm_eur=rent)
    wished = {"key": "rent_warm_eur", "wanted": 650, "importance": "wish", "tolerance": 10}
    (listed,) = rankings.ranked_list(make_request(wished).request.id, advisor()).matches
    assert decision_of(listed.match.reasons).wishes_met == met


def test_of_several_open_answers_the_least_likely_comes_first(session):
    home("Alles offen", None)
    request = make_request(MUST_BALCONY, {"key": "care_on_site", "wanted": True, "importance": "must"}).request
    (listed,) = rankings.ranked_list(request.id, advisor()).matches
    decision = decision_of(listed.match.reasons)
    assert (decision.open, decision.question) == (2, HOMES.fact("care_on_site").question)


def test_what_cannot_be_eased_further_is_not_found(city):
    form = requirement_trials.trial_request_of(make_request(DOOR, MUST_BALCONY).request.id, advisor())
    for key, step in (("balcony", 9), ("garden", 1)):
        with pytest.raises(NotFound):
            requirement_trials.eased(form, key, step)


def test_saving_keeps_weights_and_meets_whoever_saved_first(city):
    request = make_request(DOOR | {"tolerance": 2}, BALCONY | {"weight": 3}).request
    seen = request.version
    kept = requirement_trials.trial_request_of(request.id, advisor()).requirements
    requirement_trials.save_requirements(request.id, advisor(), version=seen, requirements=kept[:1])
    assert [entry["tolerance"] for entry in needs_of(request)["requirements"]] == [2]
    with pytest.raises(Conflict):
        requirement_trials.save_requirements(request.id, advisor(), version=seen, requirements=kept)


def test_up_to_four_homes_stand_side_by_side(city):
    request = make_request(DOOR, MUST_BALCONY).request
    comparison = pairs.compare(request.id, [offer.id for offer in city.values()], advisor())
    assert comparison.homes[0].match.score >= comparison.homes[-1].match.score
    balcony = next(line for line in comparison.lines if line.label.startswith("Balkon"))
    assert balcony.differs
    assert sorted(cell.grade for cell in balcony.cells) == ["met", "met", "missed", "unknown"]


def test_notes_stay_with_the_pair_are_told_to_the_person_and_go_with_the_consent(city):
    submitted = asked(profiles=("wheelchair",))
    request, offer = submitted.request, city["fits"]
    author = make_user("advisor", name="Anna Beispiel")
    pairs.write_note(request.id, offer.id, advisor(), "  Die Vermieterin ist freundlich. ")
    (line,) = pairs.pair_sheet(request.id, offer.id, advisor()).notes
    assert line.text == "Die Vermieterin ist freundlich."
    assert author.name != line.who
    assert [entry["note"] for entry in notes_about(request)] == [line.text]
    assert b"Vermieterin" not in line.note.text
    assert pairs.pair_sheet(request.id, city["open"].id, advisor()).notes == ()
    withdraw_consent(request, "health")
    assert notes_about(request) == []


def test_without_the_consent_to_matching_there_is_no_workplace(city):
    request = make_request(DOOR, purposes=()).request
    offers = [offer.id for offer in city.values()]
    for use in (
        lambda: request_sheets.advice_for(request.id, advisor()),
        lambda: requirement_trials.trial_request_of(request.id, advisor()),
        lambda: pairs.compare(request.id, offers, advisor()),
        lambda: pairs.pair_sheet(request.id, offers[0], advisor()),
        lambda: pairs.write_note(request.id, offers[0], advisor(), "x"),
    ):
        with pytest.raises(Forbidden):
            use()


@pytest.fixture
def office(client, city):
    sign_in(client, make_user("advisor"))
    return client


@pytest.mark.parametrize(("balcony", "heading"), [(True, "Damit es passt"), (False, "Was sich umbauen lässt")])
def test_works_are_told_to_make_a_home_fit_only_where_they_do(office, balcony, heading):
    narrow = home("Schmal", 82, balcony=balcony)
    request = make_request(DOOR, MUST_BALCONY).request
    db.session.commit()
    page = office.get(f"/gesuche/{request.id}/angebote/{narrow.id}").text
    assert [each for each in ("Damit es passt", "Was sich umbauen lässt") if f"{each}</h" in page] == [heading]


def test_the_pages_of_the_workplace(office, city):
    request = make_request(DOOR, MUST_BALCONY).request
    db.session.commit()
    base = f"/gesuche/{request.id}"
    assert "Was ein Zugeständnis bringt" in office.get(base).text
    assert "Ohne Balkon" in office.get(f"{base}?sicht=passt-nicht").text
    trial = office.get(f"{base}/probieren?kriterium=balcony&stufe=0")
    assert "neu" in trial.text
    assert "Ohne Balkon" in trial.text
    pair = f"{base}/angebote/{city['bare'].id}"
    assert "Was sich ändern müsste" in office.get(pair).text or "kleinste Änderung" in office.get(pair).text
    chosen = "&".join(f"angebot={offer.id}" for offer in city.values())
    assert "unterschiedlich" in office.get(f"{base}/vergleich?{chosen}").text
    assert office.get(f"{base}/vergleich?angebot=x").status_code == 302


def test_an_advisor_tries_saves_and_notes(office, city):
    request = make_request(DOOR, MUST_BALCONY).request
    db.session.commit()
    base = f"/gesuche/{request.id}"
    page = f"{base}/probieren"
    tried = office.submit(page, {"balcony_importance": ""}, button="Liste neu rechnen")
    assert "Ohne Balkon" in tried.text
    wrong = office.submit(page, {"inner_door_clear_width_cm": "breit"}, button="Liste neu rechnen")
    assert wrong.status_code == 400
    form = find_form(Page(office.get(page).text), {"balcony_importance"}, "")
    sent = dict(offered_values(form)) | {"balcony_importance": "wish"}
    part = office.post(page, data=sent, headers={"HX-Request": "true"})
    assert "<html" not in part.text
    saved = office.submit(page, {"balcony_importance": "wish"}, button="Speichern")
    assert "Die Liste ist neu." in saved.text
    db.session.expire_all()
    stored = {entry["key"]: entry["importance"] for entry in needs_of(request)["requirements"]}
    assert stored == {"inner_door_clear_width_cm": "must", "balcony": "wish"}
    pair = f"{base}/angebote/{city['fits'].id}"
    assert "Die Notiz ist gespeichert." in office.submit(pair, {"text": "Hat einen Hund."}).text
    assert "Hat einen Hund." in office.get(pair).text
    assert office.submit(pair, {"text": " "}).status_code == 400


def test_the_office_alone_has_a_workplace(client, city):
    request = make_request(DOOR).request
    sign_in(client, make_user("provider"))
    for page in ("probieren", f"angebote/{city['fits'].id}", "vergleich"):
        assert client.get(f"/gesuche/{request.id}/{page}").status_code == 403
