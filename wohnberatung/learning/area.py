"""What was learned: worked out in the background, looked at by administrators."""

from datetime import time

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from wohnberatung.core.manifests import Area
from wohnberatung.core.transactions import transaction
from wohnberatung.core.work import Periodic, Running, Task
from wohnberatung.learning import models, views
from wohnberatung.learning.services import likelihoods, weights


def _learn(_job: Running) -> str:
    row = likelihoods.learn_likelihoods()
    used = sum(item["leans"] for item in row.report)
    learnt = ngettext("Aus %(num)s Angebot gelernt.", "Aus %(num)s Angeboten gelernt.", row.offers)
    better = ngettext(
        "%(num)s Angabe ist besser als die Grundrate.", "%(num)s Angaben sind besser als die Grundrate.", used
    )
    told = f"{learnt} {better}"
    with transaction():
        likelihoods.keep(row)
    return told


WORK = (
    Periodic("likelihoods", _l("Wie Unbekanntes ausgeht: aus dem Bestand lernen"), _learn, at=time(2, 10)),
    Task(weights.LEARN, _l("Gewichte: aus Ergebnissen lernen"), weights.learn),
)


AREA = Area(
    key="learning",
    models=models,
    blueprint=views.blueprint,
    work=WORK,
    impersonal={models.LearnedLikelihoods: "numbers of the whole stock"},
)
