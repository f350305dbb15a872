"""What the engine said of a pair, kept with the match as it was said then."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from flask_babel import gettext as _

from matching.catalogue import HOMES
from matching.explanation import ByThePiece, Reader, Sentences
from matching.json_output import engine_stamp, match_answer
from matching.ranking import match_of
from wohnberatung.bridge.frames import current_supply
from wohnberatung.bridge.needs import weights_in_force
from wohnberatung.bridge.wording import engine_language
from wohnberatung.brokerage.models import BrokeredMatch, StoredReason, StoredResult
from wohnberatung.core.errors import DomainError
from wohnberatung.core.languages import TRANSLATED, ReadLanguage, current_language
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.requests import matching_request
from wohnberatung.translations import retold

SERIOUS = ("missed", "adaptable", "unknown", "nearly", "met")


@dataclass(frozen=True)
class KeptReason:
    """One requirement's part in a match; what is `private` of a household is not for the provider.

    `told` are the words of the one who seeks by code of the language, German apart."""

    key: str
    side: str
    importance: str
    grade: str
    wanted: object
    found: object
    label: str
    found_words: str
    sentences: Mapping[str, str]
    private: bool
    contribution: float | None = None
    told: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def for_reader(self) -> Mapping[str, str]:
        """Label, what was found, and the sentence for the person who seeks, or for somebody who has helped them, in the
        language being read."""
        german = {"label": self.label, "found_words": self.found_words, "sentence": self.sentences["seeker"]}
        told = self.told.get(current_language().code, german)
        return {**told, "sentence": retold(told["sentence"])}

    @property
    def judged(self) -> tuple[str, str, str, str]:
        """What makes a pair another one than before, if it changes."""
        return self.key, self.side, self.grade, f"{self.wanted}: {self.found}"


@dataclass(frozen=True)
class KeptWorks(ByThePiece):
    """Works with which a home would suit: German label, range in euro of all pieces together, keys of programmes that
    may pay, and whether the owner has agreed."""

    label: str
    cost_eur: tuple[int, int]
    funding: tuple[str, ...]
    pieces: int = 1
    agreed: bool = False


@dataclass(frozen=True)
class KeptResult:
    """A stored result; `engine` names the catalogue and the weights it was made with."""

    outlook: str
    score: float
    worst: float
    best: float
    reasons: tuple[KeptReason, ...]
    engine: Mapping[str, object]
    works: tuple["KeptWorks", ...] = ()

    @property
    def suiting(self) -> list[KeptReason]:
        """What is as the person asked."""
        return [reason for reason in self.reasons if reason.side == "seeker" and reason.grade == "met"]

    @property
    def unknown_wishes(self) -> list[KeptReason]:
        """Wishes nobody knows about; they matter least."""
        return [reason for reason in self.reasons if reason.importance == "wish" and reason.grade == "unknown"]

    @property
    def worth_knowing(self) -> list[KeptReason]:
        """Everything else, the most serious first: what is missed, to be adapted, open, or asked of the household."""
        apart = {id(reason) for reason in (*self.suiting, *self.unknown_wishes)}
        rest = (reason for reason in self.reasons if id(reason) not in apart)
        return sorted(rest, key=lambda reason: SERIOUS.index(reason.grade))

    def differs_from(self, other: "KeptResult") -> bool:
        """Whether a fact or a wish that matters has changed."""
        return {reason.judged for reason in self.reasons} != {reason.judged for reason in other.reasons}


def judge(request: HousingRequest, offer_id: str) -> StoredResult:
    """The engine's result with sentences for all three readers; DomainError where the offer is not published."""
    asked = matching_request(request)
    with current_supply() as supply:
        try:
            match = match_of(asked, supply.frame, offer_id, texts=supply.texts)
        except KeyError:
            raise DomainError(_("Dieses Angebot ist nicht mehr zu haben.")) from None
    result = match_answer(match)
    for answer, reason in zip(result["reasons"], match.reasons, strict=True):
        answer["label"], answer["found_words"] = reason.sentences.label, reason.sentences.found
        answer["sentences"] = {reader.value: reason.sentences[reader] for reader in Reader}
        answer["private"] = reason.private
        answer["told"] = {language.code: _told(reason.sentences, language) for language in TRANSLATED}
    for answer, advice in zip(result["adaptations"], match.adaptations, strict=True):
        answer["label"] = advice.label
    return cast(StoredResult, result | {"engine": rules_in_force()})


def rules_in_force() -> dict[str, object]:
    """Which catalogue, weights and tie-break lists are made with at present."""
    return engine_stamp(HOMES, 0, weights_in_force())


def _told(sentences: Sentences, language: ReadLanguage) -> dict[str, str]:
    """What the person who seeks reads, in a language other than German."""
    said = replace(sentences, language=engine_language(language))
    return {"label": said.label, "found_words": said.found, "sentence": said[Reader.SEEKER]}


def seal_result(match: BrokeredMatch, result: StoredResult) -> None:
    """Store it with the match, readable as long as the person's key exists."""
    match.plain_result = result


def result_of(match: BrokeredMatch) -> KeptResult:
    """The opened result."""
    return read_result(open_result(match))


def open_result(match: BrokeredMatch) -> StoredResult:
    """The same as it is stored."""
    return match.plain_result


def read_result(stored: StoredResult) -> KeptResult:
    """A result as `judge` gives it."""
    return KeptResult(
        outlook=stored["outlook"],
        score=stored["score"],
        worst=stored["worst"],
        best=stored["best"],
        reasons=tuple(_read_reason(reason) for reason in stored["reasons"]),
        engine=stored["engine"],
        # What was kept before said of works only what reasons say.
        works=tuple(
            KeptWorks(
                each["label"],
                (each["cost_eur"][0], each["cost_eur"][1]),
                tuple(each["funding"]),
                each.get("pieces", 1),
                each.get("agreed", False),
            )
            for each in stored["adaptations"]
            if "label" in each
        ),
    )


def _read_reason(stored: StoredReason) -> KeptReason:
    return KeptReason(
        key=stored["key"],
        side=stored["side"],
        importance=stored["importance"],
        grade=stored["grade"],
        wanted=stored["wanted"],
        found=stored["found"],
        label=stored["label"],
        found_words=stored["found_words"],
        sentences=stored["sentences"],
        private=stored["private"],
        contribution=stored["contribution"],
        told=stored.get("told", {}),
    )
