"""The board: what waits for the office, notices that are over, reports that want an answer."""

from datetime import datetime, time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import Select, select

from wohnberatung.cases.services.desk import SHOWN, DeskContent, DeskLine, DeskSection
from wohnberatung.core import manifests
from wohnberatung.core.actors import Actor
from wohnberatung.core.clock import to_berlin
from wohnberatung.core.manifests import Area
from wohnberatung.core.place_news import PlaceNews
from wohnberatung.core.place_sections import PlaceSection
from wohnberatung.core.work import Periodic, Running
from wohnberatung.noticeboard import models, views
from wohnberatung.noticeboard.kinds import ground_label, topic_label
from wohnberatung.noticeboard.models import ContentReport, Notice, NoticeState, ReportState
from wohnberatung.noticeboard.services.news import news_of, notices_in
from wohnberatung.noticeboard.services.notices import notices_in_review
from wohnberatung.noticeboard.services.reports import WAITING, erase_report, forget_subject, waiting_reports
from wohnberatung.noticeboard.services.senders import erase_notice
from wohnberatung.noticeboard.services.timers import ask_to_renew, take_down_over
from wohnberatung.privacy.retention import RetentionRule

HALF_A_YEAR, A_MONTH, A_WEEK = 182, 30, 7


def notices_to_read(actor: Actor) -> DeskContent:
    waiting = notices_in_review(actor)
    lines = [
        DeskLine(each.title, topic_label(each.topic), "noticeboard.show_desk", {"notice_id": each.id})
        for each in waiting[:SHOWN]
    ]
    return DeskContent(len(waiting), lines, "noticeboard.list_own")


def reports_to_decide(actor: Actor) -> DeskContent:
    """Without delay: what is unlawful stands there for everybody meanwhile (Art. 16 (6) DSA)."""
    waiting = waiting_reports(actor)
    lines = [
        DeskLine(
            each.subject_title or _("Meldung %(number)s", number=each.receipt_number),
            f"{ground_label(each.ground)}, {to_berlin(each.created_at):%d.%m.%Y}",
            "noticeboard.show_report",
            {"report_id": each.id},
            urgent=each.state != ReportState.HELD,
        )
        for each in waiting[:SHOWN]
    ]
    return DeskContent(len(waiting), lines, "noticeboard.list_reports")


def _take_down(_job: Running) -> str:
    return ngettext("%(num)s Aushang abgenommen.", "%(num)s Aushänge abgenommen.", take_down_over())


def _remind(_job: Running) -> str:
    return ngettext("Zu %(num)s Aushang nachgefragt.", "Zu %(num)s Aushängen nachgefragt.", ask_to_renew())


WORK = (
    Periodic("take_down_notices", _l("Aushänge abnehmen, deren Zeit vorbei ist"), _take_down, at=time(0, 30)),
    Periodic("renew_notices", _l("Nachfragen, ob Aushänge länger hängen sollen"), _remind, at=time(8, 15)),
)


def _ended(before: datetime) -> Select[Any]:
    over = Notice.state.in_((NoticeState.ENDED, NoticeState.REMOVED, NoticeState.RETURNED, NoticeState.DRAFT))
    return select(Notice).where(over, Notice.updated_at < before)


def _unconfirmed(before: datetime) -> Select[Any]:
    return select(Notice).where(Notice.state == NoticeState.UNCONFIRMED, Notice.updated_at < before)


def _held(before: datetime) -> Select[Any]:
    return select(Notice).where(Notice.state == NoticeState.HELD, Notice.updated_at < before)


def _decided(before: datetime) -> Select[Any]:
    return select(ContentReport).where(ContentReport.state.not_in(WAITING), ContentReport.decided_at < before)


def _held_reports(before: datetime) -> Select[Any]:
    return select(ContentReport).where(ContentReport.state == ReportState.HELD, ContentReport.updated_at < before)


PROMISED_NOTICES = _l("Aushänge löschen wir %(span)s, nachdem sie abgenommen sind, mit Namen und Adresse.")
PROMISED_REPORTS = _l("Meldungen rechtswidriger Inhalte löschen wir %(span)s nach der Entscheidung.")

DELETE = _l("löschen")
RETENTION = (
    RetentionRule(
        "notice_ended",
        _l("Abgenommene oder nie veröffentlichte Aushänge"),
        DELETE,
        HALF_A_YEAR,
        _ended,
        manifests.erase,
        PROMISED_NOTICES,
    ),
    RetentionRule("notice_unconfirmed", _l("Nie bestätigte Aushänge"), DELETE, A_WEEK, _unconfirmed, manifests.erase),
    RetentionRule("notice_held", _l("Aushänge in Quarantäne"), DELETE, A_MONTH, _held, manifests.erase),
    # Whoever was told of a decision may contest it for six months (Art. 20 (1) DSA).
    RetentionRule(
        "report_decided", _l("Entschiedene Meldungen"), DELETE, HALF_A_YEAR, _decided, manifests.erase, PROMISED_REPORTS
    ),
    RetentionRule("report_held", _l("Meldungen in Quarantäne"), DELETE, HALF_A_YEAR, _held_reports, manifests.erase),
)

DESK = (
    DeskSection("notices", _l("Aushänge zu lesen"), 66, notices_to_read),
    DeskSection("content_reports", _l("Meldungen rechtswidriger Inhalte"), 19, reports_to_decide),
)

PLACE_SECTIONS = (
    PlaceSection("aushaenge", _l("Aushänge"), 60, "noticeboard/of_place.html", lambda code, _actor: notices_in(code)),
)

PLACE_NEWS = (PlaceNews("aushaenge", _l("Aushänge"), news_of),)

AREA = Area(
    key="noticeboard",
    models=models,
    blueprint=views.blueprint,
    work=WORK,
    retention=RETENTION,
    desk=DESK,
    export_pages=("noticeboard.export_my_notice", "noticeboard.export_my_report"),
    erasure={Notice: erase_notice, ContentReport: erase_report},
    on_erased=(forget_subject,),
    place_sections=PLACE_SECTIONS,
    place_news=PLACE_NEWS,
)
