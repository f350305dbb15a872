"""What becomes of a question to a provider: answered, answered by not knowing, asked again long after."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core.errors import Conflict
from wohnberatung.core.steps import Party, Step, StepTable
from wohnberatung.demand.models import OfferQuestion, QuestionState

S = QuestionState
# Whoever holds the mailed link answers for the provider.
ANSWERING = (Party.PROVIDER, Party.OFFICE)

ANSWER, NOT_KNOWN, ASK_AGAIN = "beantworten", "nicht-bekannt", "wieder-fragen"

QUESTION_STEPS: StepTable[OfferQuestion] = StepTable(
    Step(ANSWER, ANSWERING, (S.OPEN, S.NOT_KNOWN), S.ANSWERED, _l("Antwort senden")),
    Step(NOT_KNOWN, ANSWERING, (S.OPEN, S.NOT_KNOWN), S.NOT_KNOWN, _l("Weiß ich nicht")),
    Step(ASK_AGAIN, (Party.SYSTEM,), (S.NOT_KNOWN,), S.OPEN),
    begins=(S.OPEN,),
    final=(S.ANSWERED,),
    refused=lambda question: Conflict(
        _("Diese Frage ist schon beantwortet. Ändern können Sie die Angabe bei Ihrem Angebot.")
    ),
)
