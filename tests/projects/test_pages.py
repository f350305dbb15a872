"""Projects present themselves to everybody; contact goes through the office."""

from tests.factories import make_offer, make_organisation, make_project
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from tests.queries import sent_statements
from wohnberatung.projects.services.projects import save_project


def text_of(response) -> str:
    return words(Page(response.text).root)


def test_the_list_names_published_projects_with_what_matters(client):
    make_project(name="Wandelgarten", living_form="housing_project", stage="founding", free_places=9)
    make_project(name="Noch geheim", published=False)
    listed = text_of(client.get("/wohnprojekte"))
    assert "Wandelgarten" in listed
    assert "Gemeinschaftliches Wohnprojekt" in listed
    assert "Gründung" in listed
    assert "9 Plätze" in listed
    assert "Noch geheim" not in listed


def test_a_search_finds_projects_or_says_what_to_do(client):
    make_project(name="Wandelgarten")
    make_project(name="Sonnendeck")
    found = text_of(client.get("/wohnprojekte?suche=wandel"))
    assert "1 Projekt" in found
    assert "Sonnendeck" not in found
    assert "Alle Projekte zeigen" in text_of(client.get("/wohnprojekte?suche=gibtesnicht"))


def test_no_project_at_all_is_said(client):
    assert "kein Projekt" in text_of(client.get("/wohnprojekte"))


def test_a_project_tells_its_story_and_its_free_places(client):
    project = make_project(
        name="Wandelgarten",
        self_description="Freitags kochen wir.\n\nWer Ruhe braucht, macht die Tür zu.",
        stage="idea",
    )
    save_project(project, summary="Ein Haus für alle.", story="Am Küchentisch fing es an.", shared_values="Bezahlbar.")
    place = make_offer(project=project, title="Zimmer im Erdgeschoss", rent_warm_eur=420)
    make_offer(project=project, title="Noch Entwurf", status="draft")
    page = client.get(f"/wohnprojekte/{project.id}")
    text = text_of(page)
    for words_of_theirs in ("Ein Haus für alle.", "Am Küchentisch", "Freitags kochen wir.", "Bezahlbar.", "420 €"):
        assert words_of_theirs in text
    assert f"/angebote/{place.id}" in page.text
    assert "Noch Entwurf" not in text
    assert "Wir stellen den Kontakt her" in text


def test_a_project_without_a_free_place_says_so(client):
    project = make_project()
    assert "kein Platz ausgeschrieben" in text_of(client.get(f"/wohnprojekte/{project.id}"))


def test_an_unpublished_project_is_for_its_owner_and_the_office(client):
    organisation = make_organisation(kind="initiative")
    project = make_project(organisation, name="Noch geheim", published=False)
    assert client.get(f"/wohnprojekte/{project.id}").status_code == 404
    sign_in(client, make_user("provider", organisation_ids=[organisation.id]))
    assert "noch nicht veröffentlicht" in text_of(client.get(f"/wohnprojekte/{project.id}"))


def test_more_projects_cost_no_more_queries(client):
    def sent() -> int:
        with sent_statements() as statements:
            client.get("/wohnprojekte")
        return len(statements)

    make_project()
    before = sent()
    for _number in range(5):
        make_project()
    assert sent() == before
