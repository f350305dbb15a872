"""What the demo brings by itself: its database and secrets, drawn once and readable for their owner only."""

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import PydanticBaseSettingsSource

from wohnberatung.config_values import DEMO, PRODUCTION
from wohnberatung.core.sealing import new_house_key

ROOT = Path(__file__).resolve().parent.parent
# Whoever sets one of them runs a real office.
SERIOUS = ("DATABASE_URL", "SECRET_KEY", "FIELD_KEYS")


class DemoDefaults(PydanticBaseSettingsSource):
    """The mode where none is given, and outside production a database where none is given."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Everything comes at once."""
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        given = self.current_state
        mode = given.get("APP_ENV") or (PRODUCTION if any(given.get(name) for name in SERIOUS) else DEMO)
        found = {"APP_ENV": mode}
        if mode != PRODUCTION:
            found["DATABASE_URL"] = f"sqlite:///{demo_directory(given) / 'wohnberatung.sqlite3'}"
        return found


def demo_directory(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the demo keeps everything."""
    return Path(environ.get("INSTANCE_DIR") or ROOT / "instance").resolve() / "demo"


def kept_secrets(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """SECRET_KEY and FIELD_KEYS of the demo. Makes its directory and both where they are not yet."""
    folder = demo_directory(environ)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / "secrets.json"
    if not path.exists():
        fresh = {"SECRET_KEY": secrets.token_hex(32), "FIELD_KEYS": f"1:{new_house_key()}"}
        draft = path.with_suffix(f".{secrets.token_hex(8)}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(fresh, file)
        _publish(draft, path)
    return dict(json.loads(path.read_text()))


def _publish(draft: Path, path: Path) -> None:
    """Of two first starts at once only one gives the secrets; both then read the same."""
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
