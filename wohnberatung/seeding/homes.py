"""Fill an empty database with the invented city of `seed_data/`, through the same services as everybody else."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from seed_data.files import read_lines, read_table, read_toml
from wohnberatung.accounts.models import Organisation
from wohnberatung.accounts.services import organisations
from wohnberatung.accounts.services.people import create_user
from wohnberatung.advice.services import parameters
from wohnberatung.core import clock
from wohnberatung.core.actors import MANAGER, Actor
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.models import Dwelling, Offer
from wohnberatung.dwellings.services.dwellings import Address, find_or_create_dwelling
from wohnberatung.dwellings.services.facts import record_facts
from wohnberatung.dwellings.services.offers import save_offer
from wohnberatung.projects.services.projects import save_project
from wohnberatung.projects.steps import PAGE_STEPS, PUBLISH
from wohnberatung.seekers.forms.consents import CONSENTS
from wohnberatung.seekers.models import RequestState
from wohnberatung.seekers.services.consents import GivenConsent
from wohnberatung.seekers.services.requests import submit_request

Record = Mapping[str, Any]
SOURCE = "seed"
TOWN = "Dresden"
NOON = timedelta(hours=12)


def fill(session: scoped_session[Session] | Session, share: float = 1.0) -> bool:
    """Store everything, or of dwellings and requests only the first `share`; False where there is data already.

    Flushes and never commits.
    """
    if session.scalar(select(Organisation.id).limit(1)) is not None:
        return False
    fill_tables()
    owners = _organisations(read_toml("organisations.toml")["organisation"])
    people = _people(read_toml("accounts.toml"), owners)
    for record in _first(read_lines("dwellings.jsonl"), share):
        with _on(record["offer"]["facts"][0]["date"]):
            _dwelling_on_offer(record, owners, people)
    for record in read_toml("projects.toml")["project"]:
        with _on(record["day"]):
            _project(record, owners, people)
    for record in _first(read_lines("requests.jsonl"), share):
        _request(record, people)
    return True


def fill_tables() -> None:
    """The dated amounts and funding programmes, which a real office needs as well; rows that are there stay."""
    parameters.add_parameters(read_table("parameters.csv"))
    parameters.add_funding_programs(read_table("funding_programs.csv"))


def _first(records: list[dict[str, Any]], share: float) -> list[dict[str, Any]]:
    return records[: round(share * len(records))]


def _organisations(records: Iterable[Record]) -> dict[str, str]:
    """Public id by the name the files use."""
    return {record["id"]: _organisation(record) for record in records}


def _organisation(record: Record) -> str:
    made = organisations.create_organisation(
        name=record["name"],
        kind=record["kind"],
        confirmed=record.get("confirmed", True),
        trust=record.get("trust", "reviewed"),
        contact=record.get("contact"),
    )
    made.about, made.website = record.get("about", "").strip(), record.get("website", "")
    return made.id


def _people(table: Record, owners: Mapping[str, str]) -> dict[str, Actor]:
    """Who can sign in, by the name the files use."""
    people = {}
    for record in table["account"]:
        user = create_user(
            email=record["email"],
            name=record["name"],
            password=table["password"],
            roles=record["roles"],
        )
        for name in record.get("organisations", ()):
            organisations.add_member(user.id, owners[name], record.get("member_role", MANAGER))
        people[record["id"]] = Actor(user.id, user.name, user.email, frozenset(record["roles"]))
    return people


def _dwelling_on_offer(record: Record, owners: Mapping[str, str], people: Mapping[str, Actor]) -> None:
    dwelling = _home(record, owners[record["organisation"]], record["facts"], people)
    offered = record["offer"]
    offer = save_offer(
        dwelling=dwelling,
        title=offered["title"],
        description=offered["description"],
        demands=offered["demands"],
        source=SOURCE,
        external_id=record["id"],
    )
    _record(offer, offered["facts"], people)
    _publish(offer, offered["status"], _noon(offered["facts"][0]["date"]))


def _home(record: Record, organisation_id: str, said: Iterable[Record], people: Mapping[str, Actor]) -> Dwelling:
    place = ("street", "house_number", "unit", "postcode", "lat", "lon")
    dwelling = find_or_create_dwelling(
        organisation_id=organisation_id,
        address=Address(town=TOWN, **{name: record[name] for name in place}),
        title=record["title"],
        address_released=record["released"],
    )
    _record(dwelling, said, people)
    return dwelling


def _project(record: Record, owners: Mapping[str, str], people: Mapping[str, Actor]) -> None:
    owner, day = owners[record["organisation"]], record["day"]
    texts = {name: record[name].strip() for name in ("name", "summary", "story", "shared_values")}
    project = save_project(organisation_id=owner, **texts)
    PAGE_STEPS.take(project, PUBLISH, by=Party.OFFICE)
    stated = {"level": "stated", "date": day, "source": "Angabe der Gruppe"}
    _record(project, [{**stated, "facts": record["facts"]}], people)
    homes = {home["id"]: _home(home, owner, home["said"], people) for home in record.get("home", ())}
    for number, place in enumerate(record["place"], start=1):
        offer = save_offer(
            organisation_id=owner,
            project_id=project.id,
            dwelling=homes.get(place.get("home")),
            title=place["title"],
            description=place["description"],
            demands=place["demands"],
            source=SOURCE,
            external_id=f"{record['id']}-{number}",
        )
        _record(offer, [{**stated, "facts": place["facts"]}], people)
        _publish(offer, place["status"], _noon(day))


def _record(subject: Any, said: Iterable[Record], people: Mapping[str, Actor]) -> None:
    for statement in sorted(said, key=lambda one: one["date"]):
        with _on(statement["date"]):
            record_facts(
                subject,
                statement["facts"],
                statement["level"],
                observed_on=date.fromisoformat(statement["date"]),
                source=statement["source"],
                actor=people.get(statement.get("by", "")),
            )


def _publish(offer: Offer, status: str, moment: datetime) -> None:
    """Every offer that is more than a draft was published first, on that moment."""
    if status != "draft":
        save_offer(offer, status="published")
        offer.published_at = moment
    if status not in ("draft", "published"):
        save_offer(offer, status=status)
    offer.created_at = moment


def _request(record: Record, people: Mapping[str, Actor]) -> None:
    taken_down = record["through"] != "web_form"
    agreed = [consent for consent in CONSENTS if consent.purpose in record["consents"]]
    with _on(record["submitted"]):
        request = submit_request(
            contact=record["contact"],
            needs=record["needs"],
            consents=[GivenConsent(consent.purpose, consent.version, str(consent.text)) for consent in agreed],
            language=record["language"],
            through=record["through"],
            actor=people["beraterin1"] if taken_down else None,
        ).request
    request.state = RequestState(record["state"])
    request.created_at = _noon(record["submitted"])
    for consent in request.consents:
        consent.given_at = request.created_at


@contextmanager
def _on(day: str) -> Iterator[None]:
    """At noon of that day, or now where that is yet to come: so that what was known then can be told."""
    with clock.put_back(timedelta()):
        span = max(clock.now() - _noon(day), timedelta())
        with clock.put_back(span):
            yield


def _noon(day: str) -> datetime:
    return clock.start_of_day(date.fromisoformat(day)) + NOON
