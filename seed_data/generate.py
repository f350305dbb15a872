"""Make the generated files anew: `python -m seed_data.generate`. The same content each time, on every machine."""

from collections.abc import Mapping

from seed_data.files import FOLDER, as_lines, read_toml
from seed_data.making.dwellings import make_dwellings
from seed_data.making.openimmo import sample
from seed_data.making.requests import make_requests


def generated() -> Mapping[str, bytes]:
    """Content of every generated file by its name."""
    return {
        "dwellings.jsonl": as_lines(make_dwellings(read_toml("organisations.toml")["organisation"])),
        "requests.jsonl": as_lines(make_requests()),
        "openimmo_beispiel.zip": sample(),
    }


def main() -> None:
    for name, content in generated().items():
        (FOLDER / name).write_bytes(content)
        print(f"{name}: {len(content):,} Bytes")


if __name__ == "__main__":
    main()
