"""Records of the board and of events: notices, reports, and people who registered."""

from tests.events.happenings import make_event, sign_up
from tests.noticeboard.notices import make_notice, make_private, make_report
from tests.tenancy.samples import Tenant
from wohnberatung.core.actors import Actor
from wohnberatung.events.models import EventState
from wohnberatung.events.steps import EVENT_STEPS
from wohnberatung.noticeboard.models import NoticeState
from wohnberatung.noticeboard.services.reports import decide
from wohnberatung.noticeboard.steps import NOTICE_STEPS

Records = dict[str, str]


def records_of_board(tenant: Tenant, actor: Actor) -> Records:
    return _events(tenant) | _noticeboard(tenant, actor)


def _events(tenant: Tenant) -> Records:
    """One that the office is to read, one that everybody reads, and somebody who has not confirmed."""
    waiting, _date = make_event("Wartet", actor=tenant.actor, public=False, registers=False)
    EVENT_STEPS.put(waiting, EventState.WAITING)
    shown, date = make_event("Für alle", actor=tenant.actor)
    _registration, token = sign_up(date, email="gast@example.org")
    return {
        "events.show_desk event_id": waiting.id,
        "events.return_event event_id": waiting.id,
        **{f"events.{name}_registration event_id": shown.id for name in ("ask", "send")},
        **{f"events.{name}_registration date_id": date.id for name in ("ask", "send")},
        "events.token": token,
    }


def _noticeboard(tenant: Tenant, actor: Actor) -> Records:
    """Notices in every state that somebody may do something with, and reports that wait, or may be contested."""
    waiting = make_notice("Wartet", actor=tenant.actor, public=False)
    NOTICE_STEPS.put(waiting, NoticeState.WAITING)
    shown = make_notice("Für alle", actor=tenant.actor)
    _private, token = make_private()
    gone, gone_token = make_private(NoticeState.PUBLISHED)
    removal, kept, still_open = make_report(gone), make_report(shown), make_report(shown)
    for (report, _token), key in ((removal, "entfernen"), (kept, "bleibt")):
        decide(report.id, key, reason="So ist es.", version=report.version, actor=actor)
    return {
        "noticeboard.show_desk notice_id": waiting.id,
        "noticeboard.return_notice notice_id": waiting.id,
        "noticeboard.token": token,
        "noticeboard.contest_by_link token": gone_token,
        **{f"noticeboard.{name}_report subject_id": shown.id for name in ("ask", "send")},
        **{f"noticeboard.{name} token": kept[1] for name in ("show_my_report", "contest_decision", "export_my_report")},
        "report_id": still_open[0].id,
    }
