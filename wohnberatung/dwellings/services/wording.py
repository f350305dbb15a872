"""Reads what an offer says and asks, as a person would who knows the law: friendly, with a way out, never blocking."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from flask_babel import gettext as _
from sqlalchemy import select

from matching.catalogue import HOMES
from matching.criteria import household
from matching.kinds import Criterion, Within
from wohnberatung.accounts.models import Organisation
from wohnberatung.bridge.needs import StoredRequirement
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.wording_rules import AGE, OPEN_TO_ALL, RULES, SENTENCES, WordingRule
from wohnberatung.dwellings.wording_vocabulary import TURNS
from wohnberatung.extensions import db

LIVES_ALONG = "owner_occupier"


@dataclass(frozen=True)
class Objection:
    """One place that may treat people unequally: the words, why it matters, what to write instead, the law; and
    whether somebody who lives in the same house may wish it all the same."""

    ground: str
    words: str
    because: str
    instead: str
    source: str
    close_allowed: bool = False


def check_text(text: str, *, lives_along: bool = False) -> list[Objection]:
    """What a reader would object to in the text, each wording once.

    `lives_along`: whoever offers lives in the same house, and may wish more (AGG § 19 (5)).
    """
    read = (rule for rule in RULES if not _is_lawful(rule, text, lives_along))
    return [_objection(rule, words) for rule in read for words in _wordings(rule, text)]


def check_demands(
    demands: Iterable[StoredRequirement], text: str = "", *, lives_along: bool = False
) -> list[Objection]:
    """The same of what is asked of a household; the text may name the concept that allows it."""
    rule = next(rule for rule in RULES if rule.ground == AGE)
    if _is_lawful(rule, text, lives_along):
        return []
    return [_objection(rule, _(criterion.label)) for criterion in _about_age(demands)]


def objections_to(offer: Offer) -> list[Objection]:
    """Everything that a reader would object to in an offer, in text and demands."""
    text = f"{offer.display_title}. {offer.description}"
    said = check_text(text) + check_demands(offer.demands, text)
    # Who offers is looked up only where it matters: hardly any text has something that they alone may say.
    if any(each.close_allowed for each in said) and _lives_along(offer.organisation_id):
        return [each for each in said if not each.close_allowed]
    return said


def wishes_of_who_lives_along(offer: Offer) -> list[Objection]:
    """What the text may say only because whoever offers lives in the same house (AGG § 19 (5)), for them to know."""
    if not _lives_along(offer.organisation_id):
        return []
    return [each for each in check_text(f"{offer.display_title}. {offer.description}") if each.close_allowed]


def unread_objections(before: Iterable[Objection], after: Iterable[Objection]) -> list[Objection]:
    """Those that a change brings: the others stood there before, and what is public was read with them."""
    read = {_same(each) for each in before}
    return [each for each in after if _same(each) not in read]


def _same(objection: Objection) -> tuple[str, str]:
    return objection.ground, objection.words.casefold()


def _wordings(rule: WordingRule, text: str) -> list[str]:
    """All that the rule finds, in the order of the text, each once, whatever the capitals."""
    sentences = (sentence for sentence in _worth_reading(text) if not _is_about_home(rule, sentence))
    found = (match[0].strip() for sentence in sentences for match in re.finditer(rule.pattern, sentence, re.IGNORECASE))
    return list({words.casefold(): words for words in found}.values())


@lru_cache(maxsize=64)
def _worth_reading(text: str) -> tuple[str, ...]:
    """The sentences in which some turn begins at all, but for those that say it makes no difference."""
    sentences = (sentence for sentence in SENTENCES.split(text) if TURNS.search(sentence))
    return tuple(sentence for sentence in sentences if not OPEN_TO_ALL.search(sentence))


def _is_about_home(rule: WordingRule, sentence: str) -> bool:
    is_about_thing = rule.thing is not None and rule.thing.search(sentence) is not None
    return is_about_thing and not (rule.person and rule.person.search(sentence))


def _is_lawful(rule: WordingRule, text: str, lives_along: bool) -> bool:
    if lives_along and rule.close_allowed:
        return True
    return rule.concept is not None and rule.concept.search(text) is not None


def _lives_along(organisation_id: str) -> bool:
    kind = select(Organisation.kind).where(Organisation.id == organisation_id)
    return db.session.scalar(kind) == LIVES_ALONG


def _objection(rule: WordingRule, words: str) -> Objection:
    return Objection(rule.ground, words, str(rule.because), str(rule.instead), rule.source, rule.close_allowed)


def _about_age(demands: Iterable[StoredRequirement]) -> list[Criterion]:
    """Demands that bind a home to people of some age: an age group, or no children."""
    return [HOMES.demand_criterion(demand["key"]) for demand in demands if _touches_age(demand)]


def _touches_age(demand: StoredRequirement) -> bool:
    if demand["key"] == household.AGE_GROUP.key:
        return True
    criterion = HOMES.demand_criterion(demand["key"])
    no_children = demand["key"] == household.CHILDREN.key and isinstance(criterion, Within)
    return no_children and isinstance(demand["wanted"], list) and demand["wanted"][1] == 0
