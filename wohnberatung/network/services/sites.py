"""Owners enter houses, storeys and plots that a group could live in."""

from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matching.facts import Text
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, Publication, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.steps import Party, Step, party_of
from wohnberatung.dwellings.services.facts import record_facts
from wohnberatung.dwellings.services.sheets import FactGroup, sheet_of
from wohnberatung.dwellings.services.wording import Objection, check_text, unread_objections
from wohnberatung.extensions import db
from wohnberatung.network.models.sites import Site, SiteStatus
from wohnberatung.network.steps import APPROVE, READ_AGAIN, SHOW, SITE_STEPS, WITHDRAW

SOURCE = "Angabe des Eigentümers"


def enter_site(texts: Mapping[str, str], facts: Mapping[str, object], actor: Actor) -> Site:
    """A draft of the organisation the person acts for. `texts`: title, description, address.

    Raises DomainError where they act for none, FactsRefused for values that cannot be.
    """
    seat = actor.acts_for
    if seat is None:
        raise DomainError(_("Ein Haus gehört einer Organisation. Ihr Konto gehört noch zu keiner."), "title")
    return save_site(seat.organisation_id, texts, facts, actor)


def save_site(organisation_id: str, texts: Mapping[str, str], facts: Mapping[str, object], actor: Actor | None) -> Site:
    """A new draft; `actor` None is the office's own machinery."""
    site = Site(id=new_id(), organisation_id=organisation_id, status=SiteStatus.DRAFT, evidence={}, **_stripped(texts))
    db.session.add(site)
    db.session.flush()
    known = {key: value for key, value in facts.items() if value is not None}
    record_facts(site, known, "stated", source=SOURCE, actor=actor)
    return site


def edit_site(
    site_id: str, texts: Mapping[str, str], facts: Mapping[str, object], version: int | None, actor: Actor
) -> Site:
    """Conflict where somebody else was faster. What is not trusted yet is looked at again after a change, and so is
    what a reader would object to and nobody has read."""
    site = own_site(site_id, actor)
    check_version(site, version)
    before = objections_to_site(site)
    for name, text in _stripped(texts).items():
        setattr(site, name, text)
    record_facts(site, facts, "stated", source=SOURCE, actor=actor)
    trusted = actor.publication_for(site.organisation_id) is Publication.LIVE
    unread = not actor.is_staff and unread_objections(before, objections_to_site(site))
    if site.status == SiteStatus.PUBLISHED and (unread or not trusted):
        SITE_STEPS.take(site, READ_AGAIN, by=Party.SYSTEM)
    db.session.flush()
    return site


def publish_site(site_id: str, actor: Actor) -> Site:
    """Let groups find it, or ask the office to look at it first; DomainError while the office does not know them."""
    site = own_site(site_id, actor)
    way = _way_to_groups(site, actor)
    if way is Publication.NOT_YET:
        raise DomainError(_("Die Wohnberatung kennt Ihre Organisation noch nicht. Wir melden uns bei Ihnen."))
    if SITE_STEPS.state_of(site) is SiteStatus.REVIEW and actor.is_staff:
        SITE_STEPS.take(site, APPROVE, by=Party.OFFICE)
    elif not SITE_STEPS.is_done(site, SHOW, party_of(actor, Party.PROVIDER)):
        target = SiteStatus.PUBLISHED if way is Publication.LIVE else SiteStatus.REVIEW
        SITE_STEPS.take(site, SHOW, by=party_of(actor, Party.PROVIDER), target=target)
    if site.status == SiteStatus.PUBLISHED:
        site.published_at = clock.now()
    db.session.flush()
    return site


def steps_of(site: Site, actor: Actor) -> dict[str, Step[Site]]:
    """What this person may do with it now, by key: its buttons."""
    return {step.key: step for step in SITE_STEPS.offered(site, party_of(actor, Party.PROVIDER))}


def objections_to_site(site: Site) -> list[Objection]:
    """What a reader who knows the law would object to in what groups read of it."""
    own_words = (getattr(site, fact.key) or "" for fact in site.own_facts() if isinstance(fact, Text))
    return check_text(". ".join((site.title, site.description, *own_words)))


def sites_in_review(actor: Actor) -> list[Site]:
    """Those that wait for the office, the longest waiting first. Forbidden for everybody else."""
    only_office(actor)
    query = select(Site).options(joinedload(Site.organisation)).where(Site.status == SiteStatus.REVIEW)
    return list(db.session.scalars(query.order_by(Site.updated_at, Site.id)))


def withdraw_site(site_id: str, actor: Actor) -> Site:
    """Groups find it no longer; what is known of it stays."""
    site = own_site(site_id, actor)
    party = party_of(actor, Party.PROVIDER)
    if not SITE_STEPS.is_done(site, WITHDRAW, party):
        SITE_STEPS.take(site, WITHDRAW, by=party)
    db.session.flush()
    return site


def own_site(site_id: str, actor: Actor) -> Site:
    """For its owner and the office; NotFound for all others, as if there were none."""
    site = db.session.get(Site, site_id, options=[joinedload(Site.organisation)])
    if site is None or not (actor.is_staff or actor.belongs_to(site.organisation_id)):
        raise NotFound(_("Dieses Haus gibt es nicht."))
    return site


def sites_for(actor: Actor) -> list[Site]:
    """One's own by title; for the office all, those that wait for it first."""
    query = select(Site).options(joinedload(Site.organisation))
    if not actor.is_staff:
        query = query.where(Site.organisation_id.in_(actor.organisation_ids))
    return list(db.session.scalars(query.order_by(Site.status != SiteStatus.REVIEW, Site.title, Site.id)))


def facts_of_site(site: Site) -> list[FactGroup]:
    """Everything the catalogue asks of a site, known or not."""
    return sheet_of(site)


def published_sites() -> list[Site]:
    """All that groups can find."""
    return list(db.session.scalars(select(Site).where(Site.status == SiteStatus.PUBLISHED)))


def _way_to_groups(site: Site, actor: Actor) -> Publication:
    """What a person should read is read first, whoever wrote it."""
    way = actor.publication_for(site.organisation_id)
    if way is Publication.LIVE and not actor.is_staff and objections_to_site(site):
        return Publication.REVIEW
    return way


def _stripped(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: texts[name].strip() for name in ("title", "description", "address")}
