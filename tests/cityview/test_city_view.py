"""A city view: worked out by a worker, read beside what is under way, taken over one by one, the same once more."""

from collections import Counter
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from tests.brokerage.cases import asked, home, reviewed
from tests.factories import make_dwelling, make_offer, make_project, make_request
from tests.infrastructure.cluster import running_cluster
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from wohnberatung.accounts.services.people import load_actor
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.cityview.models import CityInput, CityProposal, CityRun
from wohnberatung.cityview.services import computing, decisions, group_pages, pages
from wohnberatung.core.errors import Conflict, Forbidden, NotFound
from wohnberatung.core.transactions import transaction
from wohnberatung.extensions import db
from wohnberatung.jobs import worker
from wohnberatung.jobs.models import Job
from wohnberatung.privacy.encryption import destroy
from wohnberatung.seekers.services.consents import withdraw_consent

WIDE = {"key": "inner_door_clear_width_cm", "wanted": 80, "importance": "must"}
CHILDREN = {"key": "children_in_group", "wanted": True, "importance": "wish"}


@pytest.fixture
def anna(session):
    return make_user("advisor", name="Anna Beraterin")


def made(user, protection=0.5):
    """A city view that a worker has made."""
    db.session.commit()
    with transaction():
        run_id = computing.ask(load_actor(user.id), protection).id
    worker.do_due()
    db.session.expire_all()
    return db.session.get_one(CityRun, run_id)


def proposals(kind="home"):
    return db.session.scalars(select(CityProposal).filter_by(kind=kind).order_by(CityProposal.place)).all()


def letters(run):
    """What a city view proposes, in its order."""
    mine = select(CityProposal).filter_by(run_id=run.id).order_by(CityProposal.kind, CityProposal.place)
    return [(each.kind, each.request_id, each.offer_id, each.plain_answer) for each in db.session.scalars(mine)]


@contextmanager
def configured(app, **settings):
    before = {name: app.config[name] for name in settings}
    app.config.update(settings)
    try:
        yield
    finally:
        app.config.update(before)


def text_of(response):
    return words(Page(response.text).root.find(".//main"))


def test_each_home_goes_where_it_helps_most_and_the_page_says_why(client, anna):
    needs_wide, takes_any = asked().request, make_request(WIDE).request
    wide, narrow = home("Breite Türen"), home("Schmale Türen", width=82)
    run = made(anna)
    pairs = {(each.request_id, each.offer_id) for each in proposals()}
    assert pairs == {(needs_wide.id, wide.id), (takes_any.id, narrow.id)}
    sign_in(client, anna)
    shown = text_of(client.get(f"/stadtsicht/{run.id}"))
    for expected in (
        "Für 2 von 2 Gesuchen gibt es einen Vorschlag.",
        f"{needs_wide.receipt_number} → Breite Türen",
        "Lichte Breite der Innentüren",
        run.catalogue,
        "default-1",
    ):
        assert expected in shown


def test_what_is_under_way_stands_beside_it(client, anna):
    first, second = asked(), asked()
    match = reviewed(first, home("Die einzige"))
    made(anna)
    (only,) = proposals()
    sign_in(client, anna)
    shown = text_of(client.get(f"/stadtsicht/{only.run_id}"))
    assert "1 geht leer aus." in shown
    expected = {
        first.request.id: "Genau das läuft schon",
        second.request.id: f"Für dieses Angebot läuft auch: Gesuch {match.request.receipt_number} in Prüfung",
    }
    assert expected[only.request_id] in shown


def test_a_proposal_is_taken_over_into_review(client, session, anna):
    asked()
    home()
    run = made(anna)
    sign_in(client, anna)
    page = client.submit(f"/stadtsicht/{run.id}", {}, button="In die Prüfung übernehmen")
    match = session.scalars(select(BrokeredMatch)).one()
    assert page.request.path == f"/vorschlaege/{match.id}"
    assert (match.state, match.plain_result["engine"]["weights"]) == ("under_review", "default-1")
    assert "übernommen" in text_of(client.get(f"/stadtsicht/{run.id}"))


def test_one_that_is_left_can_be_thought_over_and_two_people_decide_once(anna):
    asked()
    home()
    made(anna)
    (only,) = proposals()
    actor, seen = load_actor(anna.id), only.version
    decisions.leave(only.id, actor, version=seen)
    with pytest.raises(Conflict):
        decisions.leave(only.id, actor, version=only.version)
    with pytest.raises(Conflict):
        decisions.take_over(only.id, actor, version=seen)
    assert decisions.take_over(only.id, actor, version=only.version).state == "under_review"


def test_it_comes_out_the_same_to_the_letter(client, anna):
    for _ in range(3):
        asked()
    make_request(WIDE, text="Ich koche gern für viele", household={"persons": 2, "care_entitled": True})
    home()
    make_offer(rent_warm_eur=640)
    home("Am Hang", width=84)
    run = made(anna)
    sign_in(client, anna)
    client.submit(f"/stadtsicht/{run.id}", {}, button="Nachrechnen")
    home("Neu seither", width=120)
    worker.do_due()
    assert "Zeichen für Zeichen dasselbe" in text_of(client.get(f"/stadtsicht/{run.id}"))


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        (lambda _run, each: setattr(each, "plain_answer", {**each.plain_answer, "score": 0.123}), "different"),
        (lambda run, _each: setattr(run, "catalogue", "homes-older"), "rules"),
        (lambda _run, each: decisions.forget(each.request), "gone"),
    ],
)
def test_what_was_changed_or_is_gone_is_said(session, anna, change, outcome):
    asked()
    home()
    run = made(anna)
    with transaction():
        change(run, proposals()[0])
        computing.ask_again(run.id, load_actor(anna.id))
    worker.do_due()
    session.expire_all()
    assert session.get_one(CityRun, run.id).recheck == outcome


def test_worked_out_on_a_cluster_it_is_the_same_to_the_letter(app, anna, tmp_path):
    for _ in range(3):
        asked()
    make_request(WIDE, text="Ich koche gern für viele", household={"persons": 2})
    home()
    home("Am Hang", width=84)
    alone = made(anna)
    with running_cluster(tmp_path) as address, configured(app, CLUSTER=address):
        together = made(anna)
        with transaction():
            computing.ask_again(together.id, load_actor(anna.id))
        worker.do_due()
    db.session.expire_all()
    assert letters(alone) == letters(together)
    assert letters(alone) != []
    assert (alone.total, alone.gap, together.recheck) == (together.total, together.gap, "same")


def test_a_cluster_that_does_not_answer_is_named_and_nothing_is_kept(app, anna):
    asked()
    home()
    with configured(app, CLUSTER="tcp://127.0.0.1:1"):
        run = made(anna)
    assert (run.made_at, proposals()) == (None, [])
    assert "tcp://127.0.0.1:1" in db.session.scalars(select(Job.error).where(Job.error != "")).one()


def test_people_who_suit_a_house_and_each_other_are_a_group(client, anna):
    house = make_offer(project=make_project(name="Wandelgarten", children_in_group=True), title="Platz", free_places=3)
    seekers = [make_request(CHILDREN).request for _ in range(2)]
    run = made(anna)
    group = proposals("group")
    assert {each.request_id for each in group} == {each.id for each in seekers}
    assert {each.offer_id for each in group} == {house.id}
    sign_in(client, anna)
    assert "Für 1 Haus gibt es eine Gruppe" in text_of(client.get(f"/stadtsicht/{run.id}"))
    shown = text_of(client.get(f"/stadtsicht/{run.id}/gruppen"))
    assert "Die Gruppe entscheidet selbst" in shown
    assert f"{seekers[0].receipt_number}: Sie wünschen sich fast dasselbe." in shown


def test_rooms_entered_one_by_one_are_given_once_and_a_group_fills_the_house_not_a_room(anna):
    yard, other = make_project(name="Hof", children_in_group=True), make_project(name="Haus", children_in_group=True)
    rooms = [make_offer(project=yard, title=f"Zimmer {number}", free_places=4) for number in range(2)]
    flat = make_offer(make_dwelling(), project=yard, title="Wohnung", free_places=4)
    for_all = make_offer(project=other, title="Neun Plätze", free_places=3)
    for _ in range(7):
        make_request(CHILDREN)
    made(anna)
    given = Counter(each.offer_id for each in proposals())
    assert given == {rooms[0].id: 1, rooms[1].id: 1, flat.id: 1, for_all.id: 3}
    houses = {each.offer_id for each in proposals("group")}
    assert houses == {min(room.id for room in rooms), for_all.id}


def test_one_reads_a_page_at_a_time_or_one_stadtbezirk_and_stays_there(client, anna, monkeypatch):
    monkeypatch.setattr(pages, "PER_PAGE", 1)
    placed = {"Altstadt": "01", "Pieschen": "21"}
    for name, code in placed.items():
        asked()
        home(f"In {name}", district=code)
    asked()
    home("Irgendwo")
    run = made(anna)
    sign_in(client, anna)
    titles = {*(f"In {name}" for name in placed), "Irgendwo"}
    read = [text_of(client.get(f"/stadtsicht/{run.id}?seite={number}")) for number in (1, 2, 3)]
    assert sorted(title for text in read for title in titles if f"→ {title}" in text) == sorted(titles)
    narrowed = text_of(client.get(f"/stadtsicht/{run.id}?bezirk=Pieschen"))
    assert "→ In Pieschen" in narrowed
    assert "Seite 1 von" not in narrowed
    page = client.submit(f"/stadtsicht/{run.id}?bezirk=Pieschen", {}, button="Nicht verfolgen")
    assert page.request.full_path == f"/stadtsicht/{run.id}?seite=1&bezirk=Pieschen"
    assert "Seite 1 von 3" in text_of(client.get(f"/stadtsicht/{run.id}?bezirk=Nirgends"))


def test_houses_with_a_group_are_paged_and_a_decision_leads_back_to_the_house(client, anna, monkeypatch):
    monkeypatch.setattr(group_pages, "HOUSES_PER_PAGE", 1)
    for name in ("Wandelgarten", "Elbhof"):
        make_offer(project=make_project(name=name, children_in_group=True), title=name, free_places=2)
    for _ in range(4):
        make_request(CHILDREN)
    run = made(anna)
    sign_in(client, anna)
    first, second = (text_of(client.get(f"/stadtsicht/{run.id}/gruppen?seite={number}")) for number in (1, 2))
    assert ("Wandelgarten" in first, "Elbhof" in first) != ("Wandelgarten" in second, "Elbhof" in second)
    page = client.submit(f"/stadtsicht/{run.id}/gruppen?seite=2", {}, button="Nicht verfolgen")
    assert page.request.full_path == f"/stadtsicht/{run.id}/gruppen?seite=2"
    assert "nicht verfolgt" in text_of(page)
    assert "Keine Gruppe" in text_of(client.get(f"/stadtsicht/{run.id}/gruppen?seite=9"))


def test_blocked_people_and_those_without_consent_are_left_out(session, anna):
    home()
    asked(purposes=("advice", "contact"))
    hidden = asked().request
    run = made(anna)
    assert [each.request_id for each in proposals()] == [hidden.id]
    with transaction():
        hidden.blocked_at = run.made_at
    sheet = pages.city_sheet(run.id, load_actor(anna.id))
    assert (list(sheet.page.items), sheet.counts.requests) == ([], 0)
    with pytest.raises(NotFound):
        decisions.take_over(proposals()[0].id, load_actor(anna.id), version=1)
    assert made(anna).requests == 0


def test_it_tells_the_person_and_goes_with_their_consent(session, anna):
    submitted = asked()
    home()
    made(anna)
    told = decisions.city_views_about(submitted.request)
    assert [sorted(each) for each in told] == [["went_in"], ["kind", "made_at", "offer", "proposed", "state"]]
    withdraw_consent(submitted.request, "matching")
    assert session.scalars(select(CityInput)).all() == session.scalars(select(CityProposal)).all() == []


def test_nothing_of_it_can_be_read_once_a_person_is_erased(session, anna):
    request = asked().request
    home()
    made(anna)
    destroy(request.person_key)
    session.execute(request.__table__.delete().where(request.__table__.c.id == request.id))
    assert session.scalars(select(CityInput)).all() == proposals() == []


def test_only_the_office_asks(session):
    with pytest.raises(Forbidden):
        computing.ask(load_actor(make_user("provider").id), 0.5)
