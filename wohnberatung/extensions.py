"""The extension objects, bound to an application in ``create_app``."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, Engine

from wohnberatung.core.database import Base
from wohnberatung.translations import Babel

# Key in the session's info: changes stay in memory, see core.transactions.rehearsal.
REHEARSAL = "rehearsal"
View = TypeVar("View", bound=Callable[..., Any])


class AppSession(Session):
    """Flask-SQLAlchemy's session, which a test may bind to one connection that is rolled back."""

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        if REHEARSAL not in self.info:
            super().flush(objects)

    def get_bind(self, mapper: Any = None, clause: Any = None, bind: Any = None, **kwargs: Any) -> Engine | Connection:
        return super().get_bind(mapper, clause, bind if bind is not None else self.bind, **kwargs)


class TokenCheck(CSRFProtect):
    """Flask-WTF's check of tokens in front of the views."""

    def exempt(self, view: View) -> View:
        """Decorator: this view's form checks its token itself, see `web.forms.PatientForm`."""
        super().exempt(view)
        return view


db = SQLAlchemy(model_class=Base, session_options={"class_": AppSession}, disable_autonaming=True)
migrate = Migrate()
csrf = TokenCheck()
babel = Babel()

if TYPE_CHECKING:

    class Model(Base):
        """What `db.Model` is to a type checker: a table of the application."""

        __abstract__ = True
else:
    Model = db.Model
