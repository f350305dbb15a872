"""The network: sites for groups, what groups search; introductions that wait, are reminded of, told and erased."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import select

from wohnberatung.cases.services.desk import SHOWN, DeskContent, DeskLine, DeskSection
from wohnberatung.core.actors import Actor
from wohnberatung.core.manifests import Area
from wohnberatung.core.work import Periodic, Running
from wohnberatung.network import models, views
from wohnberatung.network.models.introductions import Introduction, IntroductionLink, IntroductionState
from wohnberatung.network.services.consenting import end_introductions, end_with_consent
from wohnberatung.network.services.outcomes import follow_ups_due, waiting_for_office
from wohnberatung.network.services.personal_data import (
    asked_by_post,
    erase_introduction,
    introductions_about,
    introductions_in_words,
)
from wohnberatung.network.services.sheets import title_of
from wohnberatung.network.services.sites import sites_in_review
from wohnberatung.network.services.timers import end_unanswered, remind
from wohnberatung.privacy.retention import RetentionRule, ended_links
from wohnberatung.seekers.services.data_export import ToldOfRequest

OVER = (
    IntroductionState.ENDED,
    IntroductionState.DECLINED,
    IntroductionState.WITHDRAWN,
    IntroductionState.LAPSED,
)


def sites_to_review(actor: Actor) -> DeskContent:
    waiting = sites_in_review(actor)
    lines = [
        DeskLine(site.title, site.organisation.name, "network.show_site", {"site_id": site.id})
        for site in waiting[:SHOWN]
    ]
    return DeskContent(len(waiting), lines, "network.list_sites")


def introductions_asked(actor: Actor) -> DeskContent:
    """What somebody asked for and the office has not decided."""
    waiting = waiting_for_office(actor)
    return DeskContent(
        len(waiting),
        [_line(row, f"{row.created_at:%d.%m.%Y}") for row in waiting[:SHOWN]],
        "network.list_introductions",
    )


def introductions_to_follow_up(actor: Actor) -> DeskContent:
    """Of which the office asks how it goes."""
    due = follow_ups_due(actor)
    lines = [_line(row, _("fällig am %(day)s", day=f"{row.follow_up_on:%d.%m.%Y}")) for row in due[:SHOWN]]
    return DeskContent(len(due), lines, "network.list_introductions")


def _line(row: Introduction, detail: str) -> DeskLine:
    return DeskLine(title_of(row), detail, "network.show_introduction", {"introduction_id": row.id})


def _write_mails(_job: Running) -> str:
    told, ended = remind(), end_unanswered()
    first = ngettext("An %(num)s Antwort erinnert,", "An %(num)s Antworten erinnert,", told)
    return first + " " + ngettext("%(num)s Vermittlung verfallen.", "%(num)s Vermittlungen verfallen.", ended)


WORK = (Periodic("introductions", _l("An Vermittlungen erinnern"), _write_mails, every=timedelta(hours=1)),)
DESK = (
    DeskSection("sites", _l("Häuser zu prüfen"), 64, sites_to_review),
    DeskSection("introductions", _l("Um Vermittlung gebeten"), 66, introductions_asked),
    DeskSection(
        "introduction_follow_ups", _l("Vermittlungen: nachfragen, wie es geht"), 78, introductions_to_follow_up
    ),
)
RETENTION = (
    ended_links("introduction_links", _l("Links zu Vermittlungen, die nicht mehr gelten"), IntroductionLink),
    RetentionRule(
        "introductions",
        _l("Vermittlungen, die vorbei sind"),
        _l("löschen"),
        1096,
        lambda before: select(Introduction).where(Introduction.state.in_(OVER), Introduction.updated_at < before),
        erase_introduction,
    ),
)

AREA = Area(
    key="network",
    models=models,
    blueprint=views.blueprint,
    work=WORK,
    retention=RETENTION,
    desk=DESK,
    told_of_request=(ToldOfRequest("introductions", introductions_about, introductions_in_words),),
    erasure={Introduction: erase_introduction},
    on_matching_ended=(end_introductions,),
    on_consent_withdrawn=(end_with_consent,),
    by_post={"introduction_news": asked_by_post},
)
