"""The application of the housing advisory office: :func:`create_app` puts its rooms together."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

PACKAGE = Path(__file__).resolve().parent


def create_app(configuration: Mapping[str, Any] | None = None) -> "Flask":
    """A ready application, with the settings of the environment unless ``configuration`` is given.

    Opens no database connection, so that a server may fork afterwards. Raises ``UnsafeStart`` in production
    if the settings are unsafe, RuntimeError if a route has no row in ``web/access.py``, and ``Incomplete`` if an area
    leaves out what it must declare.
    """
    # Imported here, because the stateless commands of the package must start without Flask.
    from wohnberatung.config import settings
    from wohnberatung.web import WebApplication

    # The templates lie beside the package, in the repository as in an installed wheel.
    app = WebApplication(__name__, template_folder=str(PACKAGE.parent / "templates"))
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.config.from_mapping(configuration if configuration is not None else settings())
    _check(app)
    _bind_extensions(app)
    _open_areas(app)
    return app


def _check(app: "Flask") -> None:
    from wohnberatung.core.sealing import KeyRing, use_keys
    from wohnberatung.core.selfcheck import refuse_unsafe_start

    refuse_unsafe_start(app.config, debug=app.debug)
    use_keys(KeyRing.parse(app.config["FIELD_KEYS"]))


def _bind_extensions(app: "Flask") -> None:
    from wohnberatung import extensions
    from wohnberatung.core.database import prepare_engine

    extensions.db.init_app(app)
    with app.app_context():
        prepare_engine(extensions.db.engine)
    extensions.babel.init_app(app)
    extensions.migrate.init_app(
        app, extensions.db, directory=str(PACKAGE / "migrations"), render_as_batch=True, compare_type=True
    )


def _open_areas(app: "Flask") -> None:
    """Bind what the areas declare, register their pages, put the frame around them, and see that nothing is missing."""
    from sqlalchemy.orm import configure_mappers

    from wohnberatung import web
    from wohnberatung.areas import AREAS
    from wohnberatung.core import completeness, manifests

    manifests.bind(app, AREAS)
    for area in AREAS:
        if area.blueprint is not None:
            app.register_blueprint(area.blueprint)
    web.install(app)
    completeness.check_complete(app, AREAS)
    # How tables hang together is worked out here, or whoever asks first waits a second for it.
    configure_mappers()
