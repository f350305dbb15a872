"""The command ``wohnberatung``. Each command's code is loaded only when it is called, so that all start fast."""

from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

import click


class Target(NamedTuple):
    """Where a command lives (``module:attribute``) and its line in the overview."""

    place: str
    summary: str


COMMANDS = {
    "demo": Target("wohnberatung.demo:demo", "Mit erfundenen Daten ausprobieren"),
    "db": Target("wohnberatung.core.commands:db_commands", "Tabellen der Datenbank"),
    "check": Target("wohnberatung.backup.checking:check", "Alle Fehler dieser Installation nennen"),
    "backup": Target("wohnberatung.backup.commands:backup", "Datenbank, Bilder und Dateien verschlüsselt sichern"),
    "restore": Target("wohnberatung.backup.commands:restore", "Eine Sicherung prüfen und einspielen"),
    "backup-key": Target("wohnberatung.backup.commands:backup_key", "Schlüsselpaar für Sicherungen ziehen"),
    "create-user": Target("wohnberatung.commands:create_user", "Konto anlegen"),
    "disable-user": Target("wohnberatung.commands:disable_user", "Konto sofort sperren"),
    "rewrap-keys": Target("wohnberatung.commands:rewrap_keys", "Auf einen neuen Hausschlüssel umstellen"),
    "reindex-cases": Target("wohnberatung.commands:reindex_cases", "Auf ein neues SECRET_KEY umstellen"),
    "audit-verify": Target("wohnberatung.commands:audit_verify", "Protokoll der Zugriffe prüfen"),
    "retention": Target("wohnberatung.commands:retention", "Fristen: nachfragen, sperren, löschen"),
    "legal-hold": Target("wohnberatung.commands:legal_hold", "Vom Löschen ausnehmen, was bleiben muss"),
    "tidy": Target("wohnberatung.core.commands:tidy", "Abgelaufene Sitzungen und Zähler löschen"),
    "work": Target("wohnberatung.commands:work", "Alles im Hintergrund erledigen: E-Mails, Fristen, Einlesen"),
    "mail-worker": Target("wohnberatung.commands:mail_worker", "E-Mails aus dem Postausgang senden"),
    "mail-retry": Target("wohnberatung.commands:mail_retry", "Gescheiterte E-Mails noch einmal versuchen"),
    "fresh-offers": Target("wohnberatung.commands:fresh_offers", "Nachfragen, ob Angebote noch gelten"),
    "ask-providers": Target("wohnberatung.commands:ask_providers", "Anbietern die Fragen stellen, die helfen"),
    "match-deadlines": Target("wohnberatung.commands:match_deadlines", "Fristen der Vorschläge einhalten"),
    "import": Target("wohnberatung.intake.commands:import_commands", "Angebote aus Dateien übernehmen"),
    "rank": Target(
        "wohnberatung.stateless.ranking:rank_command", "Angebote für Gesuche reihen (JSON hinein, JSON heraus)"
    ),
    "why-not": Target("wohnberatung.stateless.ranking:why_not_command", "Woran es liegt, dass ein Angebot nicht passt"),
    "concessions": Target("wohnberatung.stateless.ranking:concessions_command", "Was jedes Zugeständnis bringt"),
    "best-questions": Target("wohnberatung.stateless.advice:best_questions_command", "Was man zuerst erfragen sollte"),
    "adaptation-advice": Target("wohnberatung.stateless.advice:adaptation_advice_command", "Was Umbauten bringen"),
    "gap": Target("wohnberatung.stateless.advice:gap_command", "Was gesucht wird, was es gibt und was fehlt"),
    "newcomers": Target("wohnberatung.stateless.arrivals:newcomers_command", "In welche Listen neue Angebote kommen"),
    "rank-requests": Target("wohnberatung.stateless.arrivals:rank_requests_command", "Gesuche für Angebote reihen"),
    "scarcity": Target("wohnberatung.stateless.arrivals:scarcity_command", "Wer seltene Merkmale braucht"),
    "allocate": Target("wohnberatung.stateless.proposals:allocate_command", "Wer wohin ziehen könnte"),
    "form-groups": Target("wohnberatung.stateless.proposals:form_groups_command", "Gruppen für die freien Plätze"),
    "propose-weights": Target(
        "wohnberatung.stateless.learning:propose_weights_command", "Welche Gewichte die Ergebnisse nahelegen"
    ),
    "likelihoods": Target(
        "wohnberatung.stateless.learning:likelihoods_command", "Wie wahrscheinlich Unbekanntes gut ausgeht"
    ),
    "duplicates": Target("wohnberatung.stateless.advice:duplicates_command", "Dieselbe Person, dieselbe Wohnung?"),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, target in COMMANDS.items() if _exists(target)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        target = COMMANDS.get(cmd_name)
        if target is None or not _exists(target):
            return None
        module, _, attribute = target.place.partition(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, COMMANDS[name].summary) for name in self.list_commands(ctx)]
        with formatter.section("Befehle"):
            formatter.write_dl(rows)


def _exists(target: Target) -> bool:
    module = target.place.partition(":")[0]
    return find_spec(module.rpartition(".")[0]) is not None and find_spec(module) is not None


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="wohnberatung", message="%(prog)s %(version)s")
def main() -> None:
    """Bringt Menschen und Wohnungen zusammen: die Wohnberatung auf der Befehlszeile."""
