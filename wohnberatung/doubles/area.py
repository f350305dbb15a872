"""Pairs of records that may be one."""

from datetime import time

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from wohnberatung.cases.services.desk import SHOWN, DeskContent, DeskLine, DeskSection
from wohnberatung.core.actors import Actor
from wohnberatung.core.manifests import Area
from wohnberatung.core.transactions import transaction
from wohnberatung.core.work import Periodic, Running
from wohnberatung.doubles import models, views
from wohnberatung.doubles.services import decisions


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


AREA = Area(
    key="doubles",
    models=models,
    blueprint=views.blueprint,
    work=WORK,
    desk=DESK,
)
