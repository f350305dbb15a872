"""The other market: owners enter sites, groups say what they need, both see who suits, the office introduces."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.factories import advisor, make_organisation, make_project, provider_of
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from tests.privacy.trails import trail
from wohnberatung.accounts.services.organisations import create_organisation
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.dwellings.models import FactRecord
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services.outbox import open_content
from wohnberatung.network.models.introductions import Introduction
from wohnberatung.network.models.sites import Site
from wohnberatung.network.services.introductions import ask_introduction, decide
from wohnberatung.network.services.searches import projects_for_site, save_search, sites_for_project
from wohnberatung.network.services.sites import edit_site, own_site, publish_site, save_site, sites_in_review

TEXTS = {"title": "Villa am Park", "description": "Mit Garten für Kinder.", "address": "Parkweg 3, 01309 Dresden"}
VILLA = {"site_kind": "house", "dwelling_count": 7, "district": "11", "purchase_price_eur": 890000}
WANTED = [
    {"key": "site_kind", "wanted": ["house", "flats"], "importance": "must"},
    {"key": "purchase_price_eur", "wanted": 950000, "importance": "must"},
]


def text_of(response: Any) -> str:
    return words(Page(response.text).root.find(".//main"))


@pytest.fixture
def owner(session):
    contact = {"person": "Rico Besitzer", "email": "rico@example.org", "phone": "0351 1"}
    return create_organisation(name="Hausbesitz Beispiel", kind="private_owner", trust="live", contact=contact)


@pytest.fixture
def group(session):
    return make_organisation("Gruppe Beispiel", kind="initiative")


def make_site(owner, texts=None, **facts) -> Site:
    site = save_site(owner.id, TEXTS | (texts or {}), VILLA | facts, None)
    return publish_site(site.id, provider_of(owner))


def make_search(group, requirements=WANTED, text="Familien mit Kindern und Garten", **options):
    project = make_project(group, name=options.pop("name", "Kinderhof"), **options)
    save_search(project.id, requirements, text, active=True, actor=provider_of(group))
    return project


def test_both_sides_see_each_other_ranked_with_the_same_score_and_reasons(owner, group):
    villa, expensive = make_site(owner), make_site(owner, {"title": "Schloss"}, purchase_price_eur=5000000)
    project, other = make_search(group), make_search(group, [WANTED[0] | {"wanted": ["plot"]}], name="Bauende")
    (found,) = sites_for_project(project.id, provider_of(group)).page.items
    assert (found.subject, found.match.outlook) == (villa, "fits")
    assert any("890.000" in sentence for _grade, sentence in found.sentences)
    (seen,) = projects_for_site(villa.id, provider_of(owner)).page.items
    assert seen.subject is project
    assert seen.match.score == pytest.approx(found.match.score)
    assert projects_for_site(expensive.id, provider_of(owner)).page.total == 0
    assert sites_for_project(other.id, provider_of(group)).page.total == 0


def test_a_list_of_sites_has_pages_counts_what_is_certain_and_ends_nowhere(owner, group, client):
    for number in range(27):
        make_site(owner, {"title": f"Haus {number}"}, purchase_price_eur=None if number < 5 else 890000)
    project, acting = make_search(group), provider_of(group)
    first, second = (sites_for_project(project.id, acting, number=number) for number in (1, 2))
    assert (first.page.total, first.certain, len(first.page.items), len(second.page.items)) == (27, 22, 25, 2)
    seen = {item.subject.id for found in (first, second) for item in found.page.items}
    assert len(seen) == 27
    db.session.commit()
    sign_in(client, make_user("provider", organisation_ids=[group.id]))
    page = text_of(client.get(f"/projekte/{project.id}/haeuser?seite=2"))
    assert "27 Häuser kommen infrage, 22 davon passen sicher" in page
    assert "Seite 2 von 2" in page


def test_words_find_any_site_and_say_why_it_does_not_suit(owner, group, client):
    make_site(owner)
    make_site(owner, {"title": "Schloss am Hang"}, purchase_price_eur=5000000)
    project = make_search(group)
    found = sites_for_project(project.id, provider_of(group), "schloss HANG")
    assert [(item.subject.title, item.match.outlook) for item in found.page.items] == [("Schloss am Hang", "misses")]
    assert sites_for_project(project.id, provider_of(group), "Parkweg").page.total == 0, "an address is not shown"
    db.session.commit()
    sign_in(client, make_user("provider", organisation_ids=[group.id]))
    page = text_of(client.get(f"/projekte/{project.id}/haeuser?suche=Schloss"))
    assert "Das passt nicht: Kaufpreis" in page
    assert "Um Vermittlung bitten" not in page
    assert "Kein solches Haus gefunden" in text_of(client.get(f"/projekte/{project.id}/haeuser?suche=Turm"))


def test_words_find_any_group_and_tell_the_owner_what_it_seeks(owner, group, client):
    site, _suits = make_site(owner), make_search(group)
    make_search(group, [WANTED[0] | {"wanted": ["plot"]}], name="Bauende")
    assert projects_for_site(site.id, provider_of(owner)).page.total == 1
    found = projects_for_site(site.id, provider_of(owner), "bauende")
    assert [(item.subject.name, item.match.outlook) for item in found.page.items] == [("Bauende", "misses")]
    db.session.commit()
    sign_in(client, make_user("provider", organisation_ids=[owner.id]))
    page = text_of(client.get(f"/haeuser/{site.id}?suche=Bauende"))
    assert "Ihr Angebot (Haus) erfüllt das nicht." in page
    assert "Keine solche Gruppe gefunden." in text_of(client.get(f"/haeuser/{site.id}?suche=Niemand"))


def test_facts_of_a_site_have_a_history_and_evidence(owner):
    site = make_site(owner)
    assert site.evidence["dwelling_count"]["level"] == "stated"
    kinds = db.session.scalars(select(FactRecord.subject_kind).where(FactRecord.subject_id == site.id)).all()
    assert set(kinds) == {"site"}


def test_only_what_is_published_is_ranked(owner, group):
    site, project = make_site(owner), make_search(group)
    hidden = make_search(group, name="Geheim", published=False)
    assert [item.subject for item in projects_for_site(site.id, provider_of(owner)).page.items] == [project]
    site.status = "withdrawn"
    db.session.flush()
    assert sites_for_project(project.id, provider_of(group)).page.total == 0
    with pytest.raises(NotFound):
        ask_introduction(site.id, hidden.id, "", provider_of(owner))


def test_what_an_untrusted_owner_enters_or_changes_waits_for_the_office(owner):
    stranger = make_organisation("Neu", kind="private_owner", trust="reviewed")
    acting = provider_of(stranger)
    site = save_site(stranger.id, TEXTS, VILLA, acting)
    assert publish_site(site.id, acting).status == "review"
    assert publish_site(site.id, advisor()).status == "published"
    assert edit_site(site.id, TEXTS, {"dwelling_count": 9}, site.version, acting).status == "review"
    unknown = make_organisation("Unbekannt", kind="private_owner", confirmed=False)
    with pytest.raises(DomainError, match="kennt Ihre Organisation noch nicht"):
        publish_site(save_site(unknown.id, TEXTS, {}, None).id, provider_of(unknown))


def test_another_organisation_finds_nothing(owner, group):
    site, project = make_site(owner), make_search(group)
    stranger = provider_of(make_organisation("Fremd"))
    for deed in (
        lambda: own_site(site.id, stranger),
        lambda: projects_for_site(site.id, stranger),
        lambda: sites_for_project(project.id, stranger),
        lambda: ask_introduction(site.id, project.id, "", stranger),
    ):
        with pytest.raises(NotFound):
            deed()


def test_contact_comes_only_with_an_introduction_by_the_office(client, owner, group):
    site, project = make_site(owner), make_search(group)
    sign_in(client, make_user("provider", organisation_ids=[group.id], email="paula@example.org"))
    listed = text_of(client.get(f"/projekte/{project.id}/haeuser"))
    assert "Villa am Park" in listed
    assert "Parkweg" not in listed
    asked = client.submit(f"/vermittlungen/neu/{site.id}/{project.id}", {"message": "Wir sind sieben."})
    assert "meldet sich" in text_of(asked)
    row = db.session.scalars(select(Introduction)).one()
    here = f"/vermittlungen/{row.id}"
    assert b"sieben" not in row.message
    assert "Rico" not in text_of(client.get(here))
    assert "wird geprüft" in text_of(client.get(f"/projekte/{project.id}/haeuser"))
    sign_in(client, make_user("advisor"))
    page = text_of(client.get(here))
    assert "Wir sind sieben." in page
    assert "Rico Besitzer" in page
    unsaid = client.submit(here, {"note": "Mit beiden telefoniert."}, button="Alle Seiten fragen")
    assert "warum die Seiten zueinander passen" in text_of(unsaid)
    said = {"note": "Mit beiden telefoniert.", "reasons": "Sieben Menschen, sieben Wohnungen."}
    client.submit(here, said, button="Alle Seiten fragen")
    mails = [open_content(mail) for mail in db.session.scalars(select(OutgoingMail))]
    assert {mail["to"] for mail in mails} == {"rico@example.org", "paula@example.org"}
    assert all("Rico" not in mail["text"] and "Villa" not in mail["text"] for mail in mails)
    for organisation in (owner, group):
        sign_in(client, make_user("provider", organisation_ids=[organisation.id]))
        assert "rico@example.org" not in client.get(here).text
        client.submit(here, {"answer": "ja"}, button="Antwort senden")
    assert len(trail(f"introductions|{row.id}")) == 1
    page = text_of(client.get(here))
    assert "rico@example.org" in page
    assert "Parkweg 3" in page
    assert "telefoniert" not in page


def test_a_refusal_is_neutral_and_only_who_asked_learns_of_it(client, owner, group):
    site, project = make_site(owner), make_search(group)
    make_user("provider", organisation_ids=[group.id])
    row = ask_introduction(site.id, project.id, "", provider_of(owner))
    assert ask_introduction(site.id, project.id, "noch einmal", provider_of(owner)) is row
    decide(row.id, "ablehnen", note="Gruppe löst sich auf.", version=row.version, actor=advisor())
    assert [open_content(mail)["to"] for mail in db.session.scalars(select(OutgoingMail))] == ["rico@example.org"]
    sign_in(client, make_user("provider", organisation_ids=[owner.id]))
    page = text_of(client.get(f"/vermittlungen/{row.id}"))
    assert "Das sagt nichts über Sie" in page
    assert "löst sich auf" not in page


def test_an_owner_enters_a_house_and_sees_the_groups(client, owner, group):
    make_search(group)
    sign_in(client, make_user("provider", organisation_ids=[owner.id]))
    assert "Noch kein Haus" in text_of(client.get("/haeuser"))
    said = {"title": "Villa", "site_kind": "house", "dwelling_count": "7", "purchase_price_eur": "890.000"}
    client.submit("/haeuser/neu", said)
    site = db.session.scalars(select(Site)).one()
    assert "Kinderhof" in text_of(client.get(f"/haeuser/{site.id}"))
    assert "sehen das Haus jetzt" in text_of(client.submit(f"/haeuser/{site.id}", button="Gruppen zeigen"))
    client.submit(f"/haeuser/{site.id}/angaben", {"dwelling_count": "8"})
    assert db.session.get(Site, site.id).dwelling_count == 8
    client.submit(f"/haeuser/{site.id}", button="Zurückziehen")
    assert db.session.get(Site, site.id).status == "withdrawn"


def test_a_group_says_what_it_needs(client, owner, group):
    make_site(owner)
    project = make_project(group)
    sign_in(client, make_user("provider", organisation_ids=[group.id]))
    here = f"/projekte/{project.id}"
    assert "Sucht Ihre Gruppe ein Haus?" in text_of(client.get(f"{here}/haeuser"))
    refused = client.submit(f"{here}/haussuche", {"purchase_price_eur_importance": "must"})
    assert refused.status_code == 400
    said = {"purchase_price_eur_importance": "must", "purchase_price_eur": "900000", "text": "Mit Garten"}
    assert "1 Haus kommt infrage, passt sicher" in text_of(client.submit(f"{here}/haussuche", said))
    client.submit(f"{here}/haussuche", {"purchase_price_eur": "500000"})
    assert "Im Moment passt kein Haus" in text_of(client.get(f"{here}/haeuser"))


def test_what_a_trusted_owner_says_of_a_house_is_read_by_the_office_where_it_may_exclude_people(owner):
    site, acting = make_site(owner), provider_of(owner)
    texts = TEXTS | {"description": "Nur an Deutsche."}
    assert edit_site(site.id, texts, {}, site.version, acting).status == "review"
    assert sites_in_review(advisor()) == [site]
    assert publish_site(site.id, advisor()).status == "published"
    assert edit_site(site.id, texts | {"title": "Villa"}, {"dwelling_count": 9}, site.version, acting).status == (
        "published"
    )
    wishes = {"owner_wishes": "Keine Kinder im Haus."}
    assert edit_site(site.id, texts, wishes, site.version, acting).status == "review"
    other = make_site(owner)
    assert edit_site(other.id, texts, wishes, other.version, advisor()).status == "published"


def test_a_house_that_is_shown_with_doubtful_words_waits_too(client, owner):
    sign_in(client, make_user("provider", organisation_ids=[owner.id]))
    client.submit("/haeuser/neu", {"title": "Villa", "description": "Nur junge Leute."})
    site = db.session.scalars(select(Site)).one()
    here = f"/haeuser/{site.id}"
    assert "„Nur junge Leute“" in text_of(client.get(here))
    assert "schaltet es dann frei" in text_of(client.submit(here, button="Gruppen zeigen"))
    assert "liest die Angaben jetzt" in text_of(client.submit(f"{here}/angaben", {"dwelling_count": "8"}))
    sign_in(client, make_user("advisor"))
    assert "Häuser zu prüfen (1)" in client.get("/heute").text
    assert "„Nur junge Leute“" in text_of(client.get(here))
    assert "sehen das Haus jetzt" in text_of(client.submit(here, button="Gruppen zeigen"))
    assert "Häuser zu prüfen (1)" not in client.get("/heute").text
