"""The extension objects, bound to an application in ``create_app``."""

from collections.abc import Sequence
from typing import Any

from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, Engine

from wohnberatung.core.database import Base
from wohnberatung.translations import Babel

# Key in the session's info: changes stay in memory, see core.transactions.rehearsal.
REHEARSAL = "rehearsal"


class AppSession(Session):
    """Flask-SQLAlchemy's session, which a test may bind to one connection that is rolled back."""

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        if REHEARSAL not in self.info:
            super().flush(objects)

    def get_bind(self, mapper: Any = None, clause: Any = None, bind: Any = None, **kwargs: Any) -> Engine | Connection:
        return super().get_bind(mapper, clause, bind if bind is not None else self.bind, **kwargs)


db = SQLAlchemy(model_class=Base, session_options={"class_": AppSession}, disable_autonaming=True)
migrate = Migrate()
csrf = CSRFProtect()
babel = Babel()
