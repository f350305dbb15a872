"""Tables of imports: who sends, which of his objects are which of our offers, and every delivery as staged."""

from datetime import datetime
from enum import StrEnum
from typing import NotRequired, TypedDict

from sqlalchemy import CHAR, JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wohnberatung.accounts.models import Organisation
from wohnberatung.bridge.columns import KnownBy
from wohnberatung.core.database import LongId, PublicId, TimestampMixin, choice
from wohnberatung.core.ids import new_id
from wohnberatung.core.sealing import HouseSealed
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import Model


class RunState(StrEnum):
    """`reading` waits for a worker, `refused` cannot be read, `asking` waits for somebody to say what the columns of a
    table mean, `staged` is a preview, `review` waits for the
    office, `applying` and `undoing` wait for a worker, `promoted` is in the offers, `undone` was and is no more."""

    READING = "reading"
    REFUSED = "refused"
    ASKING = "asking"
    STAGED = "staged"
    REVIEW = "review"
    APPLYING = "applying"
    PROMOTED = "promoted"
    DISCARDED = "discarded"
    UNDOING = "undoing"
    UNDONE = "undone"


class ObjectState(StrEnum):
    """What a delivery does with one object. `gone`: a full delivery names it no more; `unknown`: it deletes
    what we never had; `skipped`: it is no home that anybody can have."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WITHDRAWN = "withdrawn"
    GONE = "gone"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


class ImportSource(TimestampMixin, Model):
    """A sender: format and provider key, and the organisation whose offers these are."""

    __tablename__ = "import_sources"

    source: Mapped[str] = mapped_column(String(80), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(PublicId, ForeignKey("organisations.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))


class ImportedObject(TimestampMixin, Model):
    """An object of a sender and the offer it became. `listed`: the sender offers it at present, so that an
    offer withdrawn by somebody else is not brought back by the next delivery. `said_at`: when the newest delivery
    that spoke of it was written (see `ImportResult.sent`), so that an older one changes nothing. `pictures` are those
    that its last delivery named: the path there → the SHA-256 of the file."""

    __tablename__ = "imported_objects"

    source: Mapped[str] = mapped_column(String(80), ForeignKey("import_sources.source"), primary_key=True)
    external_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    reference: Mapped[str] = mapped_column(String(200), default="")
    offer_id: Mapped[str] = mapped_column(PublicId, ForeignKey("offers.id"), index=True)
    listed: Mapped[bool] = mapped_column(default=True)
    said_at: Mapped[str] = mapped_column(String(19), default="")
    pictures: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, server_default="{}")

    offer: Mapped[Offer] = relationship()


class ImportRun(TimestampMixin, Model):
    """One delivered file. On the command line the same bytes are the same run, however often they come.

    A file that an organisation sent (`organisation_id`) is a run of its own; `document` is the file, packed and
    sealed, until it is taken over or discarded, and `columns` what its headings are, where it is a table that a
    person sent. `same_as` holds what a person said about likely doubles: the record's key → the dwelling it is, or ""
    for none of them. `enclosed` names the file of the pictures that came in its archive (see `services.enclosures`),
    as long as `document`. `by` is the person, `token_id` the program that sent it; `applies` that nobody needs to be
    asked where nothing is unusual. `trouble` says why nothing came of it, `amiss` what of it is not taken in. While
    it is being taken over, `taken` is how many of its records are in the offers already, the first by number.
    `promoted_at` is when it came into the offers, or the part of it that did before the rest was refused.
    """

    __tablename__ = "import_runs"
    __table_args__ = (
        Index(
            "uq_import_runs_format_file_hash",
            "format",
            "file_hash",
            unique=True,
            sqlite_where=text("organisation_id IS NULL"),
            postgresql_where=text("organisation_id IS NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    format: Mapped[str] = mapped_column(String(20))
    file_hash: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[str] = mapped_column(String(200))
    state: Mapped[RunState] = mapped_column(choice(RunState, 20, "state_known"), default=RunState.STAGED)
    is_full: Mapped[bool]
    sent_at: Mapped[str] = mapped_column(String(19), default="")
    providers: Mapped[dict[str, str]] = mapped_column(JSON)
    organisation: Mapped[str] = mapped_column(String(160), default="")
    promoted_at: Mapped[datetime | None]
    organisation_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("organisations.id"), index=True)
    by: Mapped[str | None] = mapped_column(PublicId)
    token_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("upload_tokens.id"), index=True)
    job_id: Mapped[str | None] = mapped_column(PublicId)
    document: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    # Sealed, as landlords' files name the people who answer the telephone.
    plain_document = HouseSealed[bytes | None]("document", raw=True)
    columns: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    # Sealed for the same reason: examples of what stands below the headings.
    plain_columns = HouseSealed[list["StoredColumn"] | None]("columns")
    document_name: Mapped[str] = mapped_column(String(200), default="")
    enclosed: Mapped[str] = mapped_column(String(40), default="", server_default="")
    applies: Mapped[bool] = mapped_column(default=False)
    allows_removals: Mapped[bool] = mapped_column(default=False)
    taken: Mapped[int | None]
    same_as: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    notes: Mapped[list[str]] = mapped_column(JSON, default=list)
    too_many_removals: Mapped[str] = mapped_column(Text, default="")
    trouble: Mapped[str] = mapped_column(Text, default="")
    amiss: Mapped[str] = mapped_column(Text, default="", server_default="")

    owner: Mapped[Organisation | None] = relationship()

    @property
    def is_partly_taken(self) -> bool:
        """Whether a part of it is in the offers and the rest was refused: to be tried again, or taken back."""
        return self.state == RunState.STAGED and self.promoted_at is not None


class StoredColumn(TypedDict):
    """A column as it is kept until the delivery is taken over, see `headings.Column`."""

    heading: str
    examples: list[str]
    word: str | None


class ColumnMeaning(TimestampMixin, Model):
    """What one heading means in the tables of an organisation, as one of its people said: `heading` without case and
    signs, `word` as in `headings`, empty where the column is not to be read."""

    __tablename__ = "column_meanings"

    organisation_id: Mapped[str] = mapped_column(PublicId, ForeignKey("organisations.id"), primary_key=True)
    heading: Mapped[str] = mapped_column(String(120), primary_key=True)
    word: Mapped[str] = mapped_column(String(80))


class UploadToken(TimestampMixin, Model):
    """A secret with which a program of an organisation sends deliveries, stored as a hash. It opens nothing else."""

    __tablename__ = "upload_tokens"
    __table_args__ = (UniqueConstraint("token_hash"),)

    id: Mapped[str] = mapped_column(PublicId, primary_key=True, default=new_id)
    organisation_id: Mapped[str] = mapped_column(PublicId, ForeignKey("organisations.id"), index=True)
    label: Mapped[str] = mapped_column(String(80))
    token_hash: Mapped[str] = mapped_column(CHAR(64))
    applies: Mapped[bool] = mapped_column(default=False)
    created_by: Mapped[str | None] = mapped_column(PublicId)
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class OfferState(TypedDict):
    """What a delivery may change of an object, as it stood at one moment: whether the sender names it and since when
    it was written, columns of offer and dwelling by name, known facts by what they are said of, the sender's pictures.
    """

    listed: bool
    said_at: NotRequired[str]
    pictures: NotRequired[dict[str, str]]
    offer: dict[str, object]
    dwelling: NotRequired[dict[str, object]]
    facts: dict[str, dict[str, tuple[object, KnownBy | None]]]


class ImportRecord(Model):
    """One object of a delivery: as read (`raw`; NULL for one the delivery names no more), what becomes of it,
    and the report about it in words (see `result.ObjectOutcome`). `before` and `after` are what stood in the
    offer, so that the delivery can be undone."""

    __tablename__ = "import_records"
    __table_args__ = (UniqueConstraint("run_id", "provider_key", "external_id"),)

    id: Mapped[int] = mapped_column(LongId, primary_key=True)
    run_id: Mapped[str] = mapped_column(PublicId, ForeignKey("import_runs.id", ondelete="CASCADE"))
    number: Mapped[int]
    provider_key: Mapped[str] = mapped_column(String(80))
    external_id: Mapped[str] = mapped_column(String(200))
    state: Mapped[ObjectState] = mapped_column(choice(ObjectState, 20, "state_known"))
    raw: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))
    report: Mapped[dict[str, object]] = mapped_column(JSON)
    offer_id: Mapped[str | None] = mapped_column(PublicId, ForeignKey("offers.id"), index=True)
    fault_count: Mapped[int] = mapped_column(default=0)
    double_count: Mapped[int] = mapped_column(default=0)
    before: Mapped[OfferState | None] = mapped_column(JSON(none_as_null=True), deferred=True)
    after: Mapped[OfferState | None] = mapped_column(JSON(none_as_null=True), deferred=True)
