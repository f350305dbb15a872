"""Whether the database answers, and bringing its tables to the state this release expects."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from wohnberatung.extensions import db


def configuration() -> Config:
    """Alembic's view of our numbered, hand-named revisions."""
    config = Config()
    config.set_main_option("script_location", current_app.extensions["migrate"].directory.replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


def upgrade(revision: str = "head") -> None:
    command.upgrade(configuration(), revision)


def downgrade(revision: str) -> None:
    command.downgrade(configuration(), revision)


def current_revision() -> str | None:
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str | None:
    return ScriptDirectory.from_config(configuration()).get_current_head()


def database_answers() -> bool:
    """Whether the database answers a question at all."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        db.session.rollback()
        return False
    return True
