"""Likely doubles: found at night, shown with what differs, decided on by people, taken back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from sqlalchemy import delete, or_, select

from matching.duplicates.pairs import LikelyPair, likely_duplicates
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.steps import Party, Step
from wohnberatung.doubles.models import DoubleKind, DoubleState, LikelyDouble, Merge
from wohnberatung.doubles.services.merging import Cases, DoubleSide, DoubleSubject, Dwellings, Requests
from wohnberatung.doubles.steps import DOUBLE_STEPS, KEEP_APART, MERGE, UNDO
from wohnberatung.extensions import db

SUBJECTS: dict[str, DoubleSubject] = {
    DoubleKind.DWELLING: Dwellings(),
    DoubleKind.REQUEST: Requests(),
    DoubleKind.CASE: Cases(),
}
LEAST = 0.5
PROBABILITY_DIGITS = 3

Found = dict[str, list[LikelyPair]]


def search(tell: Callable[[int, int], None] = lambda done, total: None) -> Found:
    """Likely pairs of every kind. Reads only, and may take a while: 100,000 rows about 20 s."""
    found = {}
    for number, (kind, subject) in enumerate(SUBJECTS.items(), start=1):
        records = dict(subject.records())
        found[kind] = likely_duplicates(list(records), list(records.values()), subject.fields, LEAST)
        tell(number, len(SUBJECTS))
    return found


def keep(found: Found) -> int:
    """Store what is new, renew what is open, drop open pairs that are none any more; what people decided stands.

    Returns how many pairs wait for a person.
    """
    known = {(row.kind, row.a_id, row.b_id): row for row in db.session.scalars(select(LikelyDouble))}
    pairs = {_key(kind, pair): pair for kind, listed in found.items() for pair in listed}
    for key, pair in pairs.items():
        row = known.get(key)
        if row is None:
            kind, a_id, b_id = key
            row = LikelyDouble(id=new_id(), kind=kind, a_id=a_id, b_id=b_id, found_at=clock.now())
            db.session.add(row)
        row.probability, row.fields = round(pair.probability, PROBABILITY_DIGITS), pair.fields
    gone = [row.id for key, row in known.items() if key not in pairs and row.state == DoubleState.OPEN]
    db.session.execute(delete(LikelyDouble).where(LikelyDouble.id.in_(gone)))
    db.session.flush()
    waiting = select(LikelyDouble.id).where(LikelyDouble.state == DoubleState.OPEN)
    return len(db.session.scalars(waiting).all())


def forget_named(record_id: str) -> None:
    """A record that is being erased is in no pair any more, nor in what was noted of merging others."""
    db.session.execute(delete(LikelyDouble).where(or_(LikelyDouble.a_id == record_id, LikelyDouble.b_id == record_id)))
    for merge in db.session.scalars(select(Merge).join(Merge.double).where(LikelyDouble.kind == DoubleKind.CASE)):
        if record_id in merge.before.get("requests", ()):
            left = [request_id for request_id in merge.before["requests"] if request_id != record_id]
            merge.before = {**merge.before, "requests": left}
    db.session.flush()


def _key(kind: str, pair: LikelyPair) -> tuple[DoubleKind, str, str]:
    return DoubleKind(kind), min(pair.a, pair.b), max(pair.a, pair.b)


VERDICTS = ("differ", "blank", "similar", "agree")
AT_MOST = 100
"""So many pairs are shown at once, the likeliest first."""


@dataclass(frozen=True)
class ComparedField:
    """One field of both records in words; `verdict` is agree, similar (it counts as agreeing, though people read two
    different words), differ or blank."""

    label: str
    a: str
    b: str
    verdict: str


@dataclass(frozen=True)
class DoubleSheet:
    """A pair that may be one, opened: the `fields` by which it was compared, those that differ first; the `need` only
    where one pair is looked at. `merge` is the one that stands, if there is any; `steps` what may be decided."""

    double: LikelyDouble
    a: DoubleSide
    b: DoubleSide
    fields: tuple[ComparedField, ...]
    merge: Merge | None
    need: tuple[ComparedField, ...] = ()

    @property
    def steps(self) -> tuple[Step[LikelyDouble], ...]:
        return DOUBLE_STEPS.offered(self.double, Party.OFFICE)


def pairs_for_list(actor: Actor, kind: str, state: str = DoubleState.OPEN) -> list[DoubleSheet]:
    """Pairs of a kind that this person may know of.

    Raises NotFound for an unknown kind, Forbidden outside the office.
    """
    only_office(actor)
    if kind not in SUBJECTS:
        raise NotFound(_("Diese Art gibt es nicht."))
    mine = LikelyDouble.kind == kind, LikelyDouble.state == state
    rows = select(LikelyDouble).where(*mine).order_by(LikelyDouble.probability.desc(), LikelyDouble.id)
    return _opened(kind, db.session.scalars(rows.limit(AT_MOST)).all(), actor)


def label_of(kind: str) -> str:
    """What records of the kind are called. NotFound for an unknown kind."""
    if kind not in SUBJECTS:
        raise NotFound(_("Diese Art gibt es nicht."))
    return str(SUBJECTS[kind].label)


def pair_sheet(double_id: str, actor: Actor) -> DoubleSheet:
    """NotFound where there is no such pair, or none to know of."""
    only_office(actor)
    row = db.session.get(LikelyDouble, double_id)
    sheets = _opened(row.kind, [row], actor) if row is not None else []
    if not sheets:
        raise NotFound(_("Dieses Paar gibt es nicht mehr."))
    (sheet,) = sheets
    a, b = (SUBJECTS[sheet.double.kind].need(side.id, actor) for side in (sheet.a, sheet.b))
    need = (ComparedField(label, a.get(label, ""), b.get(label, ""), _verdict(a, b, label)) for label in {**a, **b})
    return replace(sheet, need=_differing_first(need))


def merge(double_id: str, kept_id: str, actor: Actor) -> Merge:
    """Put the other record into the one to keep. Conflict where somebody decided meanwhile.

    Raises DomainError at `kept` for a record of neither side, NotFound for a pair that this person may not know of,
    Forbidden outside the office.
    """
    sheet = _locked(double_id, actor)
    DOUBLE_STEPS.check(sheet.double, MERGE, by=Party.OFFICE)
    if kept_id not in (sheet.a.id, sheet.b.id):
        raise DomainError(_("Bitte wählen Sie, welcher Eintrag bleibt."), "kept")
    gone = sheet.b if kept_id == sheet.a.id else sheet.a
    before = SUBJECTS[sheet.double.kind].merge(kept_id, gone.id, actor)
    made = Merge(id=new_id(), double=sheet.double, kept_id=kept_id, gone_id=gone.id, before=before)
    made.merged_by = actor.user_id
    db.session.add(made)
    _decide(sheet.double, MERGE, actor)
    return made


def keep_apart(double_id: str, actor: Actor) -> LikelyDouble:
    """They are two: no search brings them up again. Conflict where somebody decided meanwhile."""
    sheet = _locked(double_id, actor)
    _decide(sheet.double, KEEP_APART, actor)
    return sheet.double


def undo(double_id: str, actor: Actor) -> LikelyDouble:
    """Back to before the decision; what has happened to the kept record since then stays with it. Twice is once."""
    sheet = _locked(double_id, actor)
    if DOUBLE_STEPS.is_done(sheet.double, UNDO, Party.OFFICE):
        return sheet.double
    if sheet.merge is not None:
        SUBJECTS[sheet.double.kind].part(sheet.merge.kept_id, sheet.merge.gone_id, sheet.merge.before, actor)
        sheet.merge.undone_by, sheet.merge.undone_at = actor.user_id, clock.now()
    _decide(sheet.double, UNDO, actor)
    return sheet.double


def _locked(double_id: str, actor: Actor) -> DoubleSheet:
    """The pair as it is now that nobody else can decide on it."""
    held = select(LikelyDouble).where(LikelyDouble.id == double_id).with_for_update()
    db.session.scalar(held.execution_options(populate_existing=True))
    return pair_sheet(double_id, actor)


def _decide(double: LikelyDouble, key: str, actor: Actor) -> None:
    DOUBLE_STEPS.take(double, key, by=Party.OFFICE)
    double.decided_by, double.decided_at = actor.user_id, clock.now()
    db.session.flush()


def _opened(kind: str, rows: Sequence[LikelyDouble], actor: Actor) -> list[DoubleSheet]:
    """Pairs of one kind with what they are about, without those of which this person may not read both records."""
    sides = SUBJECTS[kind].sides({record_id for row in rows for record_id in (row.a_id, row.b_id)}, actor)
    standing = select(Merge).where(Merge.double_id.in_([row.id for row in rows]), Merge.undone_at.is_(None))
    merges = {merge.double_id: merge for merge in db.session.scalars(standing)}
    return [
        DoubleSheet(row, sides[row.a_id], sides[row.b_id], _compared(row, sides), merges.get(row.id))
        for row in rows
        if row.a_id in sides and row.b_id in sides
    ]


def _compared(row: LikelyDouble, sides: Mapping[str, DoubleSide]) -> tuple[ComparedField, ...]:
    a, b = sides[row.a_id].values, sides[row.b_id].values
    return _differing_first(
        ComparedField(
            _(field.label),
            str(a.get(field.name) or ""),
            str(b.get(field.name) or ""),
            _as_read(row.fields.get(field.name, "blank"), a.get(field.name), b.get(field.name)),
        )
        for field in SUBJECTS[row.kind].fields
    )


def _as_read(verdict: str, a: object, b: object) -> str:
    """Names that only sound or look alike count for the same person; "the same" is what is written alike."""
    same = " ".join(str(a or "").split()).casefold() == " ".join(str(b or "").split()).casefold()
    return "similar" if verdict == "agree" and not same else verdict


def _verdict(a: Mapping[str, str], b: Mapping[str, str], label: str) -> str:
    if label not in a or label not in b:
        return "blank"
    return "agree" if a[label] == b[label] else "differ"


def _differing_first(fields: Iterable[ComparedField]) -> tuple[ComparedField, ...]:
    return tuple(sorted(fields, key=lambda field: VERDICTS.index(field.verdict)))
