"""The answer to one question."""

from functools import lru_cache
from typing import Any

from flask_babel import lazy_gettext as _l

from wohnberatung.bridge.fields import value_field
from wohnberatung.bridge.questionnaires import fact_named
from wohnberatung.web.forms import Form

NOT_KNOWN = "weiss_nicht"


class QuestionAnswerForm(Form):
    """A value, or that it is not known: said by its own button, or by leaving the choice at that."""

    answer: Any

    def value(self) -> Any:
        """The engine's value; None where it is not known."""
        return self.answer.data

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = bool(super().validate(*args, **kwargs))
        if valid and self.answer.data is None and self.must_be_said and not self.not_known:
            self.answer.errors = [_l("Bitte geben Sie einen Wert ein oder wählen Sie „Weiß ich nicht“.")]
            return False
        return valid

    must_be_said = True
    not_known = False


@lru_cache
def answer_form(key: str, question: str) -> type[QuestionAnswerForm]:
    """A form class that asks for the fact of that key."""
    return type("FactAnswerForm", (QuestionAnswerForm,), {"answer": value_field(fact_named(key), question)})
