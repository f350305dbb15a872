"""Is the house in order? Asked by monitors and after an update."""

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from wohnberatung.extensions import db


def database_answers() -> bool:
    """Whether the database answers a question at all."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        db.session.rollback()
        return False
    return True
