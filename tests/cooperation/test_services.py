"""Who offers what where: declared by those who keep an entry, shown as a matrix with gaps and overlaps."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from tests.cooperation.cases import make_service
from tests.directory.entries import JOHANNSTADT, PIESCHEN, make_entry
from tests.factories import advisor, make_organisation, provider_of
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from wohnberatung.cooperation.kinds import KINDS, ServiceKind, laws_of
from wohnberatung.cooperation.services.matrix import MatrixQuery, coverage, gaps_of_city, services_in
from wohnberatung.cooperation.services.offered import change_service, declare_service, remove_service, stale_services
from wohnberatung.core import clock
from wohnberatung.core.errors import Conflict, DomainError, Forbidden, NotFound
from wohnberatung.extensions import db

OFFERED = {"kind": "home_care", "laws": ["sgb_11"], "capacity": "free"}


def text_of(answer: Any) -> str:
    return words(Page(answer.text).root.find(".//main"))


def cell(found: Any, kind: str, column: str) -> Any:
    position = [each.name for each in found.columns].index(column)
    return next(row for row in found.rows if row.kind == kind).cells[position]


def test_every_kind_names_the_law_it_stands_on() -> None:
    assert set(KINDS) == set(ServiceKind)
    assert all(kind.laws for kind in KINDS.values())
    assert laws_of("home_care") == "SGB XI (Pflegekasse), § 36; SGB V (Krankenkasse), § 37; SGB XII (Sozialamt), § 64b"


def test_the_owner_declares_and_strangers_do_not(session: Any) -> None:
    owner = make_organisation()
    actor, stranger = provider_of(owner), provider_of(make_organisation())
    entry = make_entry(organisation_id=owner.id)
    row = declare_service(entry.id, OFFERED, actor)
    assert row.as_of == clock.today()
    with pytest.raises(DomainError) as twice:
        declare_service(entry.id, OFFERED, actor)
    assert (twice.value.field, twice.value.message) == (
        "kind",
        "Ambulante Pflege steht schon im Eintrag. Bitte ändern Sie es dort.",
    )
    with pytest.raises(DomainError) as strange:
        change_service(row.id, {**OFFERED, "laws": ["sgb_9"]}, row.version, actor)
    assert strange.value.field == "laws"
    assert "SGB XI (Pflegekasse), § 36" in strange.value.message
    with pytest.raises(NotFound):
        change_service(row.id, OFFERED, row.version, stranger)
    with pytest.raises(NotFound):
        remove_service(row.id, stranger)
    with pytest.raises(Conflict):
        change_service(row.id, OFFERED, row.version + 1, actor)
    assert remove_service(row.id, actor) == entry.id


def test_a_service_is_where_its_entry_is_unless_it_says_otherwise(session: Any) -> None:
    make_service("home_care", name="A")
    make_service("home_care", name="B", serves=[PIESCHEN])
    make_service("day_care", name="C", entry_serves=[]).entry.citywide = True
    db.session.flush()
    altstadt = coverage(MatrixQuery(quarter="altstadt"))
    assert cell(altstadt, "home_care", "Johannstadt-Nord").words == "1"
    assert cell(altstadt, "home_care", "Johannstadt-Süd").words == "niemand"
    assert cell(altstadt, "day_care", "Johannstadt-Süd").words == "1"
    city = coverage(MatrixQuery())
    assert cell(city, "home_care", "Pieschen").words == "in 1 von 5"
    assert cell(city, "home_care", "Pieschen").level == "some"
    assert cell(city, "day_care", "Pieschen").level == "all"
    assert cell(city, "hospice", "Pieschen").words == "niemand"


def test_gaps_and_overlaps_are_named(session: Any) -> None:
    for name in ("A", "B"):
        make_service("home_care", name=name)
    make_service("hospice", name="Entwurf").entry.state = "draft"
    db.session.flush()
    found = coverage(MatrixQuery(quarter="altstadt"))
    missing = {place.code: kinds for place, kinds in found.gaps}
    assert "Ambulante Pflege" not in missing[JOHANNSTADT]
    assert "Ambulanter Hospizdienst" in missing[JOHANNSTADT], "a draft is nobody's offer"
    assert "Ambulante Pflege" in missing["01"]
    [overlap] = found.partners
    assert (overlap.place.code, overlap.kind) == (JOHANNSTADT, "Ambulante Pflege")
    assert [each.entry.name for each in overlap.providers] == ["A", "B"]
    assert dict(gaps_of_city())["Ambulante Pflege"] == 63
    here = services_in(JOHANNSTADT)
    assert [(label, len(rows)) for label, rows in here.offered] == [("Ambulante Pflege", 2)]


def test_it_is_narrowed_by_law_language_and_free_places(session: Any) -> None:
    make_service("home_care", name="A", laws=["sgb_5"], capacity="waiting", spoken=["pl"])
    make_service("home_care", name="B", laws=["sgb_11"], spoken=["de"])

    def count(**asked: Any) -> int:
        return int(cell(coverage(MatrixQuery(quarter="altstadt", **asked)), "home_care", "Johannstadt-Nord").count)

    assert (count(), count(law="sgb_5"), count(law="sgb_9"), count(language="pl"), count(free_only=True)) == (
        2, 1, 0, 1, 1,
    )  # fmt: skip
    assert [row.kind for row in coverage(MatrixQuery(kind="hospice")).rows] == ["hospice"]


def test_everybody_reads_it_on_the_page_in_the_table_and_at_the_place(client: CheckingClient) -> None:
    make_service("home_care", name="Dienst am Fluss", laws=["sgb_11"], capacity="waiting")
    db.session.commit()
    page = text_of(client.get("/dienste?bezirk=altstadt"))
    assert "Ambulante Pflege" in page
    assert "Was fehlt" in page
    place = text_of(client.get("/stadtteile/johannstadt-nord"))
    assert "Dienst am Fluss" in place
    assert "Warteliste" in place
    assert "SGB XI (Pflegekasse), § 36" in place
    table = client.get("/dienste.csv").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table), delimiter=";"))
    here = next(row for row in rows if row[1:3] == ["Johannstadt-Nord", "Ambulante Pflege"])
    assert here[3:7] == ["1", "Dienst am Fluss", "SGB XI (Pflegekasse), § 36", "Warteliste"]
    assert len(rows) == 1 + 64 * len(ServiceKind)
    assert text_of(client.get("/dienste?sprache=en")).startswith("Services: who offers what")
    assert client.get("/dienste?bezirk=atlantis&dienst=x").status_code == 200


def test_the_office_sees_whom_to_ask_again(session: Any) -> None:
    fresh, old = make_service(name="Neu"), make_service(name="Alt")
    old.as_of = clock.today() - timedelta(days=91)
    db.session.flush()
    assert [row.id for row in stale_services(advisor())] == [old.id]
    assert not fresh.is_stale
    with pytest.raises(Forbidden):
        stale_services(provider_of(make_organisation()))
