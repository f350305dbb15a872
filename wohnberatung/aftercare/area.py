"""Aftercare: who is asked when, what waits for the office, what becomes of a request, what it tells and forgets."""

from datetime import time

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import exists

from wohnberatung.aftercare import models, views
from wohnberatung.aftercare.services.afterwards import follow_living
from wohnberatung.aftercare.services.asking import ask_all, question_by_post
from wohnberatung.aftercare.services.personal_data import (
    checks_about,
    checks_in_timeline,
    checks_in_words,
    forget_what_is_missing,
    waiting_checks,
)
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.states import MatchState
from wohnberatung.cases.services.desk import DeskSection
from wohnberatung.core.manifests import Area
from wohnberatung.core.work import Periodic, Running
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.data_export import ToldOfRequest


def _ask_all(_job: Running) -> str:
    return ngettext("%(num)s Person gefragt, wie es geht.", "%(num)s Personen gefragt, wie es geht.", ask_all())


WORK = (Periodic("living_checks", _l("Nach dem Einzug fragen, wie es geht"), _ask_all, at=time(8)),)
# Whoever has moved in is asked how it goes, not whether they still seek: unanswered, that question would end both.
LIVES_THERE = exists().where(
    BrokeredMatch.request_id == HousingRequest.id,
    BrokeredMatch.state.in_((MatchState.MOVED_IN, MatchState.ENDED_AFTER_MOVE_IN)),
)
DESK = (DeskSection("living_checks", _l("Nach dem Einzug"), 38, waiting_checks),)

AREA = Area(
    key="aftercare",
    models=models,
    blueprint=views.blueprint,
    work=WORK,
    desk=DESK,
    timeline=(checks_in_timeline,),
    told_of_request=(ToldOfRequest("living_checks", checks_about, checks_in_words),),
    request_in_use=(LIVES_THERE,),
    by_post={"how_it_goes": question_by_post},
    on_consent_withdrawn=(forget_what_is_missing,),
    on_match_step=(follow_living,),
)
