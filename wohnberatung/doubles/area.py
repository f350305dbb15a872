"""Pairs of records that may be one: found at night, on the desk, and in the histories of the cases they were."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import select

from wohnberatung.cases.models import Case
from wohnberatung.cases.services.cases import load_cases
from wohnberatung.cases.services.content import content_of
from wohnberatung.cases.services.desk import SHOWN, DeskContent, DeskLine, DeskSection
from wohnberatung.cases.services.timeline import TimelineEntry, names_of, requests_in_timeline
from wohnberatung.core.actors import Actor
from wohnberatung.core.manifests import Area, areas
from wohnberatung.core.transactions import transaction
from wohnberatung.core.work import Periodic, Running
from wohnberatung.doubles import models, views
from wohnberatung.doubles.models import DoubleKind, LikelyDouble, Merge
from wohnberatung.doubles.services import decisions
from wohnberatung.extensions import db


def _search(job: Running) -> str:
    found = decisions.search(job.tell)
    with transaction():
        kept = decisions.keep(found)
        return ngettext(
            "%(num)s Paar wartet auf eine Entscheidung.", "%(num)s Paare warten auf eine Entscheidung.", kept
        )


WORK = (Periodic("doubles", _l("Doppelte Einträge suchen"), _search, at=time(3, 10)),)


def likely_doubles(actor: Actor) -> DeskContent:
    pairs = [(kind, pair) for kind in decisions.SUBJECTS for pair in decisions.pairs_for_list(actor, kind)]
    lines = [
        DeskLine(f"{pair.a.title} – {pair.b.title}", "", "doubles.show_double", {"double_id": pair.double.id})
        for _kind, pair in pairs[:SHOWN]
    ]
    return DeskContent(len(pairs), lines, "doubles.list_doubles", {"art": pairs[0][0]} if pairs else {})


DESK = (DeskSection("doubles", _l("Vielleicht doppelt"), 95, likely_doubles),)


def merges_in_timeline(case: Case, actor: Actor) -> Iterator[TimelineEntry]:
    """Every time this case and another became one, and two again; of one that lives on here also its own history."""
    both = (Merge.kept_id == case.id) | (Merge.gone_id == case.id)
    query = select(Merge).join(LikelyDouble).where(LikelyDouble.kind == DoubleKind.CASE, both)
    merges = db.session.scalars(query.order_by(Merge.merged_at)).all()
    others = {other.id: other for other in load_cases({_other(merge, case) for merge in merges}, actor)}
    names = names_of(user_id for merge in merges for user_id in (merge.merged_by, merge.undone_by))
    for merge in merges:
        other, kept = others.get(_other(merge, case)), merge.kept_id == case.id
        named = _("Fall %(number)s", number=other.number) if other else _("ein anderer Fall")
        page: tuple[str, dict[str, Any]] = ("cases.show_case", {"case_id": other.id}) if other else ("", {})
        title = _("Hier aufgegangen: %(case)s", case=named) if kept else _("Aufgegangen in: %(case)s", case=named)
        notes = content_of(other)["notes"] if other and kept else ""
        yield TimelineEntry(merge.merged_at, title, notes, names.get(merge.merged_by or "", ""), *page)
        if merge.undone_at is not None:
            title = _("Wieder getrennt: %(case)s", case=named)
            yield TimelineEntry(merge.undone_at, title, "", names.get(merge.undone_by or "", ""), *page)
        elif kept and other:
            yield from _history(other, actor)


def _history(other: Case, actor: Actor) -> Iterator[TimelineEntry]:
    """What happened there, but for the requests, which came along; of a case that went into that one before, only that
    it did."""
    here = (merges_in_timeline, requests_in_timeline)
    for source in (source for area in areas() for source in area.timeline if source not in here):
        for entry in source(other, actor):
            yield replace(entry, title=_("%(number)s: %(title)s", number=other.number, title=entry.title))


def cases_within(case: Case, actor: Actor) -> list[Case]:
    """The cases that went into this one, and those that had gone into them before."""
    here = select(Merge.gone_id).join(LikelyDouble).where(LikelyDouble.kind == DoubleKind.CASE)
    gone = db.session.scalars(here.where(Merge.kept_id == case.id, Merge.undone_at.is_(None))).all()
    return [each for other in load_cases(set(gone), actor) for each in (other, *cases_within(other, actor))]


def _other(merge: Merge, case: Case) -> str:
    return merge.gone_id if merge.kept_id == case.id else merge.kept_id


AREA = Area(
    key="doubles",
    models=models,
    on_erased=(decisions.forget_named,),
    blueprint=views.blueprint,
    work=WORK,
    desk=DESK,
    timeline=(merges_in_timeline,),
    cases_within=cases_within,
)
