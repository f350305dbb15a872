"""From the first idea to the house that is lived in: the steps, what each has to settle, and who can help with it.

The order is the usual one, not a rule: groups go back and forth. What is said of law and money is said of amounts by
the dated tables alone (`programs` are keys of seed_data/funding_programs.csv) and else is left to those who advise.
Sources: the domain papers on shared living, on the paper of the city and on funding.
"""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from wohnberatung.contacts.topics import ContactTopic
from wohnberatung.core.languages import Words
from wohnberatung.directory.kinds import BodyKind

T, K = ContactTopic, BodyKind
INITIATIVES = (K.TENANT_INITIATIVE, K.RESIDENTS_COUNCIL)
HOUSES = (K.COOPERATIVE, K.LANDLORD, K.LANDLORDS_ASSOCIATION, K.COMPANY)


@dataclass(frozen=True)
class ChecklistStep:
    """One step. `key` stands in addresses and rows, `phase` heads the steps that belong together, `decide` says what
    has to be settled, `papers` what is written down by then. `topics` and `kinds` are who can help: contact persons of
    the office, entries of the directory; `programs` who may pay. Where `models` the ways of living together are
    explained, where `sites` the office knows houses, where `talk` it offers an appointment."""

    key: str
    phase: Words
    title: Words
    decide: Words
    papers: Words
    topics: tuple[ContactTopic, ...] = (T.NEIGHBOURHOOD,)
    kinds: tuple[BodyKind, ...] = ()
    programs: tuple[str, ...] = ()
    models: bool = False
    sites: bool = False
    talk: bool = False


GROUP, GROUND, PLACE, LIVING = (
    _l("Die Gruppe"),
    _l("Recht und Geld"),
    _l("Haus und Bau"),
    _l("Zusammen wohnen"),
)

STEPS: tuple[ChecklistStep, ...] = (
    ChecklistStep(
        "idee",
        GROUP,
        _l("Die Idee aufschreiben"),
        _l("Was soll entstehen, für wen und in welchem Stadtteil? Was ist Ihnen wichtig, was wollen Sie nicht?"),
        _l("Eine Seite mit Zielen, die alle verstehen"),
        kinds=(K.NEIGHBOURHOOD_CENTRE, *INITIATIVES),
        talk=True,
    ),
    ChecklistStep(
        "gruppe",
        GROUP,
        _l("Menschen finden und Regeln vereinbaren"),
        _l(
            "Wie viele sollen Sie werden, wie entscheiden Sie, und wie kommt jemand dazu? Wer mitmacht, bestimmt die "
            "Gruppe selbst."
        ),
        _l("Regeln für Entscheidungen und Aufnahme, Liste der Mitglieder"),
        topics=(T.SHARED, T.NEIGHBOURHOOD),
        kinds=(K.NEIGHBOURHOOD_CENTRE, K.SELF_ADVOCACY, *INITIATIVES),
    ),
    ChecklistStep(
        "nachbarschaft",
        GROUP,
        _l("Die Nachbarschaft fragen"),
        _l(
            "Wer ist im Stadtteil schon da, was fehlt, und wer macht mit? Sprechen Sie mit Bewohnerbeiräten, Vereinen "
            "und Diensten."
        ),
        _l("Notizen aus den Gesprächen, Liste der Partner"),
        kinds=(K.NEIGHBOURHOOD_CENTRE, K.ASSOCIATION, K.SERVICE_PROVIDER, *INITIATIVES),
    ),
    ChecklistStep(
        "wohnform",
        GROUP,
        _l("Die Wohnform wählen"),
        _l("Eigene Wohnungen mit Gemeinschaftsraum, Clusterwohnung, Wohngemeinschaft oder etwas anderes?"),
        _l("Beschluss der Gruppe über die Wohnform"),
        topics=(T.SHARED,),
        kinds=(K.COOPERATIVE, K.ASSOCIATION),
        models=True,
        talk=True,
    ),
    ChecklistStep(
        "bedarf",
        GROUP,
        _l("Den Bedarf klären"),
        _l(
            "Wie viele Wohnungen brauchen Sie, wie groß, wie barrierefrei? Braucht jemand Pflege oder Assistenz, jetzt "
            "oder später?"
        ),
        _l("Liste der Haushalte mit ihrem Bedarf, ohne Diagnosen"),
        topics=(T.SHARED, T.ADAPTING),
        kinds=(K.SELF_ADVOCACY, K.SERVICE_PROVIDER),
        talk=True,
    ),
    ChecklistStep(
        "rechtsform",
        GROUND,
        _l("Die Rechtsform wählen"),
        _l(
            "Verein, Genossenschaft, Hausverein im Mietshäuser Syndikat, Gesellschaft oder gemeinsame Mietverträge? "
            "Davon hängt ab, wem das Haus gehört und wer haftet. Lassen Sie sich rechtlich beraten."
        ),
        _l("Satzung oder Vertrag, Protokoll der Gründung"),
        topics=(T.SHARED,),
        kinds=(K.COOPERATIVE, K.ASSOCIATION),
        models=True,
    ),
    ChecklistStep(
        "kosten",
        GROUND,
        _l("Die Kosten rechnen"),
        _l(
            "Was darf die Miete im Monat kosten, und wer bringt eigenes Geld mit? Denken Sie auch an Menschen mit "
            "Wohnberechtigungsschein und an die Grenzen des Sozialamts."
        ),
        _l("Rechnung für Bau oder Umbau, Rechnung für die Miete"),
        topics=(T.SHARED,),
        kinds=(K.COOPERATIVE, K.CITY_OFFICE),
        programs=("housing_benefit",),
    ),
    ChecklistStep(
        "finanzierung",
        GROUND,
        _l("Die Finanzierung sichern"),
        _l("Woher kommt das Geld: Anteile, Darlehen von Menschen, Kredit einer Bank? Wer bürgt wofür?"),
        _l("Plan für die Finanzierung, Zusagen"),
        topics=(T.SHARED,),
        kinds=(K.COOPERATIVE,),
        programs=("kfw_159",),
    ),
    ChecklistStep(
        "foerderung",
        GROUND,
        _l("Förderung beantragen"),
        _l(
            "Welche Förderung passt zu Ihrem Vorhaben? Stellen Sie Anträge, bevor Sie beginnen: Danach ist es fast "
            "immer zu spät."
        ),
        _l("Anträge mit Plänen und Kosten, Bescheide"),
        topics=(T.ADAPTING, T.SHARED),
        kinds=(K.CITY_OFFICE,),
        programs=("sgb11_45e", "sgb11_40_4", "kfw_159", "kfw_455b_2026"),
        talk=True,
    ),
    ChecklistStep(
        "haus",
        PLACE,
        _l("Haus oder Grundstück finden"),
        _l(
            "Mieten, kaufen, bauen oder mit einem Eigentümer zusammenarbeiten? Wir kennen Häuser und stellen den "
            "Kontakt her, wenn beide Seiten es möchten."
        ),
        _l("Beschreibung, was Sie suchen; später Vertrag oder Zusage"),
        topics=(T.SHARED, T.OFFERING),
        kinds=HOUSES,
        sites=True,
    ),
    ChecklistStep(
        "planung",
        PLACE,
        _l("Mit einem Architekturbüro planen"),
        _l(
            "Wer plant mit Ihnen, und was wird gemeinsam genutzt? Planen Sie von Anfang an barrierefrei: Später ist es "
            "teurer."
        ),
        _l("Vertrag mit dem Büro, Pläne, Liste für die Barrierefreiheit"),
        topics=(T.ADAPTING, T.SHARED),
        kinds=(K.SELF_ADVOCACY, K.COMPANY),
        talk=True,
    ),
    ChecklistStep(
        "genehmigung",
        PLACE,
        _l("Genehmigungen einholen"),
        _l(
            "Was muss die Stadt erlauben? Für eine Pflege-Wohngemeinschaft wird geprüft, unter welches Gesetz sie "
            "fällt. Wo eine Regel nicht passt, kann die Stadt einen Spielraum haben: Fragen Sie uns."
        ),
        _l("Bauantrag, Ergebnis der Prüfung nach dem sächsischen Gesetz (SächsWTG)"),
        topics=(T.SHARED, T.NEIGHBOURHOOD),
        kinds=(K.CITY_OFFICE,),
        programs=("saechswtg",),
    ),
    ChecklistStep(
        "bau",
        PLACE,
        _l("Bauen oder umbauen"),
        _l("Wer vertritt die Gruppe auf der Baustelle, und wer achtet auf Kosten, Termine und Barrierefreiheit?"),
        _l("Protokolle der Baustelle, Rechnungen, Abnahme"),
        topics=(T.ADAPTING,),
        kinds=(K.COMPANY,),
    ),
    ChecklistStep(
        "vertraege",
        LIVING,
        _l("Verträge schließen"),
        _l(
            "Wer unterschreibt welchen Vertrag fürs Wohnen? Wie teilen Sie Gemeinschaftsräume, Kosten und Aufgaben? "
            "In einer Pflege-Wohngemeinschaft: Wer wird gemeinsam beauftragt?"
        ),
        _l("Mietverträge oder Nutzungsverträge, Vereinbarung der Gruppe"),
        topics=(T.SHARED, T.OFFERING),
        kinds=(K.ASSOCIATION, K.LANDLORDS_ASSOCIATION),
        programs=("sgb11_38a",),
    ),
    ChecklistStep(
        "einzug",
        LIVING,
        _l("Einziehen und zusammenbleiben"),
        _l(
            "Wer kümmert sich nach dem Einzug um die Gemeinschaft? Wie finden Sie neue Menschen, und was tun Sie bei "
            "Streit?"
        ),
        _l("Plan für Aufgaben, Termin für ein Treffen nach drei Monaten"),
        topics=(T.SHARED, T.NEIGHBOURHOOD),
        kinds=(K.NEIGHBOURHOOD_CENTRE, K.SERVICE_PROVIDER, *INITIATIVES),
    ),
)

BY_KEY = {step.key: step for step in STEPS}
PHASES = tuple(
    (phase, tuple(step for step in STEPS if step.phase is phase)) for phase in (GROUP, GROUND, PLACE, LIVING)
)
