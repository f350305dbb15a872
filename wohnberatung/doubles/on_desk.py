"""Pairs of records that may be one."""

from flask_babel import lazy_gettext as _l

from wohnberatung.cases.services.desk import SHOWN, Found, Line, desk_section
from wohnberatung.core.actors import Actor
from wohnberatung.doubles import services


@desk_section("doubles", _l("Vielleicht doppelt"), position=95)
def likely_doubles(actor: Actor) -> Found:
    pairs = [(kind, pair) for kind in services.SUBJECTS for pair in services.pairs_for_list(actor, kind)]
    lines = [
        Line(f"{pair.a.title} – {pair.b.title}", "", "doubles.show_double", {"double_id": pair.double.id})
        for _kind, pair in pairs[:SHOWN]
    ]
    return Found(len(pairs), lines, "doubles.list_doubles", {"art": pairs[0][0]} if pairs else {})
