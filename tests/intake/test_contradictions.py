"""What one advert says and cannot all be so is asked about, and stays a claim."""

import pytest

from tests.intake.deliveries import FLAT, PLACE, home, openimmo, provider, read
from tests.intake.uploads import done, outcomes, send
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.intake.services import decisions
from wohnberatung.intake.services.comparison import understand

LIFT, NO_LIFT = '<fahrstuhl PERSONEN="true"/>', '<fahrstuhl PERSONEN="false"/>'
NO_BARRIERS = "<barrierefrei>false</barrierefrei>"
WHEELCHAIR = "<rollstuhlgerecht>true</rollstuhlgerecht>"


def flat(fittings: str = "", text: str = "", storey: str = "4", more: str = "") -> str:
    place = PLACE.replace("<etage>2</etage>", f"<etage>{storey}</etage>{more}")
    words = f"<freitexte><objektbeschreibung>{text}</objektbeschreibung></freitexte>" if text else ""
    return FLAT + place + f"<ausstattung>{fittings}</ausstattung>" + words


def asked(content: str) -> list[str]:
    (record,) = read(openimmo(provider(home(content)))).records
    return [note for note in understand(record).record.notes if note.endswith("Bitte prüfen Sie beides.")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (flat(WHEELCHAIR + NO_LIFT), "„rollstuhlgerecht“ passt nicht zu „Etage: 4. Obergeschoss, Aufzug: nein“."),
        (
            flat("<barrierefrei>1</barrierefrei>", "Leider kein Aufzug."),
            "„barrierefrei“ passt nicht zu „Etage: 4. Ober",
        ),
        (flat(NO_LIFT, "Stufenlos erreichbar."), "„Stufenlos erreichbar: ja“ passt nicht zu „Etage: 4"),
        (flat(LIFT, "Kein Aufzug im Haus."), "Aufzug: Hier steht ja, und es steht auch nein da."),
        (flat(NO_LIFT, "Das Haus hat einen Aufzug."), "Aufzug: Hier steht nein, und es steht auch ja da."),
        (flat(storey="3", more="<wohnungsnr>EG links</wohnungsnr>"), "„3. Obergeschoss“ passt nicht zu „EG links“."),
        (
            flat(storey="3", text="Schöne Erdgeschosswohnung."),
            "Etage: Hier steht 3. Obergeschoss, und es steht auch Erdgeschoss da.",
        ),
        (flat("<barrierefrei>true</barrierefrei><x/>", storey="0", more=""), ""),
        (flat(WHEELCHAIR + LIFT), ""),
        (flat(WHEELCHAIR), ""),
        (flat("<seniorengerecht>true</seniorengerecht>" + NO_LIFT), ""),
        (flat(storey="2", more="<wohnungsnr>2. OG rechts</wohnungsnr>"), ""),
        (flat(storey="2", more="<wohnungsnr>14</wohnungsnr>"), ""),
        (flat(WHEELCHAIR + NO_BARRIERS + LIFT), "„rollstuhlgerecht“ passt nicht zu „barrierefrei: nein“."),
        (flat(WHEELCHAIR + NO_BARRIERS, storey="0"), "„rollstuhlgerecht“ passt nicht zu „barrierefrei: nein“."),
        (flat(WHEELCHAIR, storey="-1"), "„rollstuhlgerecht“ passt nicht zu „Etage: Untergeschoss“."),
        (flat("<barrierefrei>1</barrierefrei>" + NO_LIFT, storey="-1"), "zu „Etage: Untergeschoss, Aufzug: nein“."),
        (flat(WHEELCHAIR + LIFT, "Die Wohnung ist nicht barrierefrei."), "Angabe in der Anzeige: Hier steht rollst"),
        (flat(WHEELCHAIR + LIFT, storey="-1"), ""),
        (flat("<barrierefrei>true</barrierefrei><rollstuhlgerecht>false</rollstuhlgerecht>" + LIFT), ""),
        (flat("<seniorengerecht>true</seniorengerecht>" + NO_BARRIERS + LIFT), ""),
        (flat(WHEELCHAIR + LIFT, "Nicht barrierefrei im Sinne der DIN, aber rollstuhlgerecht umgebaut."), ""),
        (flat(NO_LIFT, "Die Hausverwaltung plant 2027 den Anbau eines Aufzugs."), ""),
        (flat(NO_LIFT, "2027 wird ein Aufzug angebaut, der auf jeder Etage hält."), ""),
        (flat(NO_LIFT, "Der geplante Aufzug macht die Wohnung stufenlos erreichbar."), ""),
        (flat("<gartennutzung>false</gartennutzung>", "Mit Garten."), ""),
    ],
)
def test_a_contradiction_within_one_advert_is_asked_about(content: str, words: str) -> None:
    notes = asked(content)
    assert [words in note for note in notes] == ([True] if words else [])


def test_the_sender_and_the_office_read_it_and_it_stays_a_claim(owner, clerk):
    table = (
        "Objektnummer;Straße;Hausnummer;PLZ;Etage;Aufzug;Barrierefreiheit;Stufen;Warmmiete\n"
        "W1;Musterweg;4;01307;0;nein;barrierefrei;3;600\n"
        "W2;Musterweg;5;01307;4;nein;rollstuhlgerecht;;600\n"
    )
    run_id = send(table, clerk, owner)
    told = {key: " ".join(outcome.lines) for key, outcome in outcomes(run_id).items()}
    assert "„barrierefrei“ passt nicht zu „Stufen bis zur Wohnungstür: 3 Stufen“" in told["W1"]
    assert "„rollstuhlgerecht“ passt nicht zu „Etage: 4. Obergeschoss, Aufzug: nein“" in told["W2"]
    done(decisions.apply_run, run_id, clerk)

    for offer in db.session.query(Offer):
        assert offer.dwelling.evidence["claimed_level"]["level"] == "claimed"
        assert offer.dwelling.claimed_level in ("accessible", "wheelchair")
