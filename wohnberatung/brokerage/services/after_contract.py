"""Who pays and which documents there are, as the person is told of it in their copy."""

from datetime import date

from flask_babel import gettext as _

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.funding_order import fundings_of, programs_named
from wohnberatung.brokerage.services.paper_steps import papers_of


def after_contract_in_words(match: BrokeredMatch) -> list[str]:
    """Programmes with the day of the application, and the titles of documents."""
    contents = [funding.plain_content for funding in fundings_of(match)]
    programs = programs_named(content["program"] for content in contents)
    lines = []
    for content in contents:
        name = programs[content["program"]].name if content["program"] in programs else content["program"]
        day = content["applied_on"]
        lines.append(
            _("Förderung: %(name)s, beantragt am %(day)s", name=name, day=f"{date.fromisoformat(day):%d.%m.%Y}")
            if day
            else _("Förderung: %(name)s, noch nicht beantragt", name=name)
        )
    return [*lines, *(_("Dokument: %(title)s", title=paper.plain_title) for paper in papers_of(match))]
