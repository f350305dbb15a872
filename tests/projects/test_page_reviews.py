"""What a group changes on its public page is read by the office where its wording may exclude people, and only then."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.factories import advisor, make_organisation, make_project, provider_of
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from tests.projects.leaflets import PDF
from wohnberatung.accounts.models import Organisation
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.dwellings.services.lifecycle import review
from wohnberatung.extensions import db
from wohnberatung.projects.models import Project
from wohnberatung.projects.services.leaflets import add_file
from wohnberatung.projects.services.meetings import save_date
from wohnberatung.projects.services.places import add_places, edit_place, places_of
from wohnberatung.projects.services.publishing import (
    edit_facts,
    edit_texts,
    projects_in_review,
    publish_project,
    settle_review,
)


@pytest.fixture
def group(session: object) -> Organisation:
    return make_organisation("Initiative Gartenhof", kind="initiative")


def tell(project: Project, words: str, actor: Actor) -> None:
    edit_texts(project.id, {"summary": "Wir suchen ein Haus.", "story": words}, project.version, actor)


def say_how_we_live(project: Project, words: str, actor: Actor) -> None:
    edit_facts(project.id, {"self_description": words}, project.version, actor)


def invite(project: Project, words: str, actor: Actor) -> None:
    begins = clock.now() + timedelta(days=7)
    save_date(project.id, title="Abend", note=words, starts_at=begins, ends_at=begins + timedelta(hours=2), actor=actor)


def hand_out(project: Project, words: str, actor: Actor) -> None:
    add_file(project.id, words, PDF, actor)


CHANGES = pytest.mark.parametrize("change", [tell, say_how_we_live, invite, hand_out])
Change = Callable[[Project, str, Actor], None]


@CHANGES
def test_what_a_trusted_group_adds_is_hidden_until_the_office_has_read_it(group: Organisation, change: Change):
    project = make_project(group)
    change(project, "Keine Ausländer.", provider_of(group))
    assert (project.published, projects_in_review(advisor())) == (False, [project])
    publish_project(project.id, advisor_after(project))
    assert (project.published, projects_in_review(advisor())) == (True, [])


def advisor_after(project: Project) -> Actor:
    """The office's decision needs the one sentence that every public page has."""
    project.summary = project.summary or "Wir suchen ein Haus."
    return advisor()


@CHANGES
def test_a_harmless_change_hides_nothing_even_where_the_office_let_doubtful_words_pass(
    group: Organisation, change: Change
):
    project, mine = make_project(group), provider_of(group)
    project.shared_values = "Bei uns wohnen nur Frauen."
    change(project, "Mit Garten.", mine)
    assert (project.published, project.review_asked_at) == (True, None)
    change(project, "Und nur Männer.", mine)
    assert not project.published


@CHANGES
def test_what_the_office_writes_is_read_by_that(group: Organisation, change: Change):
    project = make_project(group)
    change(project, "Keine Ausländer.", advisor())
    assert (project.published, project.review_asked_at) == (True, None)


@CHANGES
def test_what_an_untrusted_group_changes_stays_public_unless_its_words_are_doubtful(session: object, change: Change):
    new = make_organisation("Neue Gruppe", kind="initiative", trust="reviewed")
    project, mine = make_project(new), provider_of(new)
    change(project, "Mit Garten.", mine)
    assert (project.published, projects_in_review(advisor())) == (True, [project])
    settle_review(project.id, advisor())
    change(project, "Keine Ausländer.", mine)
    assert (project.published, projects_in_review(advisor())) == (False, [project])


def test_a_place_is_read_again_as_its_page_is(group: Organisation):
    project, mine = make_project(group), provider_of(group)
    (place,) = add_places(project.id, 1, "Zimmer", "Nur an Frauen.", {}, mine)
    assert place.status == "review"
    review(place.id, approve=True, note="", version=place.version, actor=advisor())
    change_place(project, "Hell. Nur an Frauen.", mine)
    assert place.status == "published"
    change_place(project, "Nur an Frauen. Keine Kinder.", mine)
    assert (place.status, project.published) == ("review", True)


def change_place(project: Project, words: str, actor: Actor) -> None:
    (place,) = places_of(project)
    texts = {"title": place.title, "description": words}
    edit_place(project.id, place.id, **texts, facts={}, version=place.version, actor=actor)


def test_a_group_is_told_so_and_may_show_the_page_again_once_the_words_are_gone(
    client: CheckingClient, group: Organisation
):
    project = make_project(group, name="Gartenhof")
    here = f"/projekte/{project.id}"
    member, office = make_user("provider", organisation_ids=[group.id]), make_user("advisor")
    sign_in(client, member)
    saved = client.submit(f"{here}/texte", {"summary": "Wir suchen nur Berufstätige."}).text
    assert "Die Wohnberatung liest die Seite jetzt" in saved
    assert "„suchen nur Berufstätige“" in saved
    assert "Prüfen lassen" not in saved
    sign_in(client, office)
    assert "Gartenhof" in part_of_desk(client, "projects")
    assert "„suchen nur Berufstätige“" in client.get(here).text
    sign_in(client, member)
    assert "Die Wohnberatung liest" in client.submit(f"{here}/texte", {"summary": "Wir suchen ein Haus."}).text
    assert "für alle zu sehen" in client.submit(here, button="Veröffentlichen").text
    shown = db.session.get_one(Project, project.id)
    assert (shown.published, shown.review_asked_at) == (True, None)


def part_of_desk(client: CheckingClient, key: str) -> str:
    section = Page(client.get("/heute").text).root.find(f".//section[@aria-labelledby='teil-{key}']")
    assert section is not None
    return words(section)
