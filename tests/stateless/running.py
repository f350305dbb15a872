"""Running a stateless command on two files, as a person at a terminal does."""

import json

from click.testing import CliRunner

from wohnberatung.cli import main


def run(folder, command, *options, requests=None, offers=None):
    """Exit code, standard output and standard error; None leaves a file away."""
    arguments = [command]
    for name, records in (("requests", requests), ("offers", offers)):
        if records is not None:
            path = folder / f"{name}.json"
            path.write_text(json.dumps(records), encoding="utf-8")
            arguments += [f"--{name}", str(path)]
    result = CliRunner().invoke(main, [*arguments, *options])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def answered(folder, command, *options, **files):
    """The JSON answer of a command that succeeds."""
    code, out, errors = run(folder, command, *options, **files)
    assert (code, errors) == (0, ""), errors
    return json.loads(out)


def must(key, wanted):
    return {"key": key, "wanted": wanted, "importance": "must"}


def wish(key, wanted, weight=1):
    return {"key": key, "wanted": wanted, "importance": "wish", "weight": weight}
