"""Use cases of demand."""

from wohnberatung.demand.services.advising import Advised, advice_for
from wohnberatung.demand.services.answering import answer_by_link, answer_question, last_day, question_by_link
from wohnberatung.demand.services.asking import ask_provider, mail_questions
from wohnberatung.demand.services.figures import Demand, DemandLine, demand_for
from wohnberatung.demand.services.questions import (
    ShownQuestion,
    load_shown,
    questions_for,
    questions_for_office,
    refresh_questions,
    shown_question,
)

__all__ = [
    "Advised",
    "Demand",
    "DemandLine",
    "ShownQuestion",
    "advice_for",
    "answer_by_link",
    "answer_question",
    "ask_provider",
    "demand_for",
    "last_day",
    "load_shown",
    "mail_questions",
    "question_by_link",
    "questions_for",
    "questions_for_office",
    "refresh_questions",
    "shown_question",
]
