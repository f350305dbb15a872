"""An index for every foreign key that had none: whoever is deleted is looked for there."""

from alembic import op

revision = "0035"
down_revision = "0034"

WITHOUT = (
    ("letter_templates", "made_by"),
    ("letters", "written_by"),
    ("consultations", "on_behalf_of_id"),
    ("surveys", "surveyed_by"),
    ("import_runs", "token_id"),
    ("import_records", "offer_id"),
    ("join_ballots", "user_id"),
)


def upgrade() -> None:
    for table, column in WITHOUT:
        op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    for table, column in WITHOUT:
        op.drop_index(f"ix_{table}_{column}", table)
