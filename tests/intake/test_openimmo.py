"""One test per habit of the programs that send OpenImmo."""

import io
from datetime import date

import pytest

from tests.intake.deliveries import (
    COSTS,
    FLAT,
    PLACE,
    TRANSFER,
    full,
    home,
    openimmo,
    provider,
    read,
    read_home,
    zipped,
)
from wohnberatung.intake.openimmo import read_openimmo
from wohnberatung.intake.recognise import openimmo_in


def ids(transfer):
    return [(record.external_id, record.action) for record in transfer.records]


def test_a_plain_delivery_is_read():
    transfer = read(openimmo(provider(home())))
    (record,) = transfer.records
    assert transfer.providers == {"AN1": "Wohnhof Genossenschaft (erfunden)"}
    assert (transfer.full, transfer.sent, transfer.faults) == (False, "2026-11-20T08:00:00", ())
    assert (record.key, record.reference, record.action) == (("AN1", "A1"), "WE 1", "change")
    assert (record.address.street, record.address.house_number) == ("Musterweg", "4 b")
    assert (record.address.postcode, record.address.district) == ("01307", "Johannstadt-Nord")
    assert record.values["preise/nettokaltmiete"] == 410.5
    assert record.values["geo/etage"] == 2
    assert record.values["objektkategorie/objektart/wohnung@wohnungtyp=etage"] is True
    assert "Objekt 1" in record.position


def test_a_zip_delivery_reads_the_same():
    document = openimmo(provider(home()))
    packed = read_openimmo(openimmo_in("feed.zip", io.BytesIO(zipped(document, "titel.jpg"))), date(2026, 11, 22))
    assert packed.records[0].values == read(document).records[0].values


@pytest.mark.parametrize(
    "attributes",
    [
        "",
        ' xmlns="http://www.openimmo.de"',
        ' xmlns="http://www.openimmo.de/openimmo"',
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="x.xsd"',
    ],
)
def test_namespaces_do_not_matter(attributes):
    assert ids(read(openimmo(provider(home()), attributes=attributes))) == [("A1", "change")]


def test_children_may_leave_the_namespace_and_prefix_it():
    document = openimmo(provider(home()), attributes=' xmlns="http://www.openimmo.de"')
    assert ids(read(document.replace("<anbieter>", '<anbieter xmlns="">'))) == [("A1", "change")]
    prefixed = '<o:openimmo xmlns:o="urn:x">' + provider(home()) + "</o:openimmo>"
    assert ids(read(prefixed)) == [("A1", "change")]


@pytest.mark.parametrize("version", ["1.2.0", "1.2.1", "1.2.3", "1.2.6", "1.2.7", "1.2.7b", ""])
def test_the_version_number_does_not_matter(version):
    assert len(read(openimmo(provider(home()), transfer=TRANSFER.replace("1.2.7", version))).records) == 1


@pytest.mark.parametrize(
    ("transfer", "is_full"),
    [
        ('<uebertragung umfang="VOLL"/>', True),
        ('<uebertragung umfang="voll"/>', True),
        ('<Uebertragung UMFANG="Voll"/>', True),
        ("<uebertragung><umfang>VOLL</umfang><version>1.2.7</version></uebertragung>", True),
        ('<uebertragung umfang="TEIL"/>', False),
        ('<uebertragung umfang="ALLES"/>', False),
        ('<uebertragung art="ONLINE"/>', False),
        ("", False),
    ],
)
def test_only_a_declared_full_transfer_counts_as_full(transfer, is_full):
    assert read(openimmo(provider(home()), transfer=transfer)).full is is_full


def test_the_wrapper_immobilien_is_looked_through():
    inside = openimmo(provider("<immobilien>" + home() + home(obid="A2") + "</immobilien>"))
    beside = openimmo(provider() + "<immobilien>" + home() + home(obid="A2") + "</immobilien>")
    assert ids(read(inside)) == ids(read(beside)) == [("A1", "change"), ("A2", "change")]
    assert {record.provider_key for record in read(beside).records} == {"AN1"}


def test_objects_of_two_providers_stay_apart_though_their_ids_agree():
    transfer = read(openimmo(provider(home()), provider(home(), anid="AN2")))
    assert [record.key for record in transfer.records] == [("AN1", "A1"), ("AN2", "A1")]


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("CHANGE", "change"),
        ("NEW", "change"),
        ("NEU", "change"),
        ("", "change"),
        ("DELETE", "delete"),
        ("delete", "delete"),
        ("Löschen", "delete"),
        ("REFERENZ", "delete"),
    ],
)
def test_invented_actions_are_understood(action, expected):
    assert read_home("", action=action).action == expected


def test_a_deletion_needs_nothing_but_its_id():
    (record,) = read(openimmo(provider(home("", action="DELETE")))).records
    assert (record.external_id, record.action, record.skipped) == ("A1", "delete", "")


def test_a_deleting_transfer_deletes_what_does_not_say_otherwise():
    transfer = TRANSFER.replace("/>", ' modus="DELETE"/>')
    read_ids = ids(read(openimmo(provider(home(action=""), home(obid="A2")), transfer=transfer)))
    assert read_ids == [("A1", "delete"), ("A2", "change")]


def test_an_invented_mode_deletes_nothing():
    transfer = TRANSFER.replace("/>", ' modus="NEU"/>')
    assert ids(read(openimmo(provider(home(action="")), transfer=transfer))) == [("A1", "change")]


def test_a_flat_that_is_already_let_is_not_on_offer():
    state = '<zustand_angaben><verkaufstatus stand="VERKAUFT"/></zustand_angaben>'
    assert read_home(FLAT + PLACE + state).action == "delete"


def test_without_an_object_id_the_landlords_number_counts():
    assert read_home("", obid=None).external_id == "WE 1"
    assert read_home("", obid="  ").external_id == "WE 1"


def test_without_any_id_the_fault_names_the_place_in_the_file():
    transfer = read(openimmo(provider(home(), home("", obid=None, extern=None))))
    assert len(transfer.records) == 1
    (fault,) = transfer.faults
    assert fault.startswith("Objekt 2 (Zeile ")
    assert "objektnr_extern" in fault


def test_a_provider_without_number_is_known_by_his_name():
    nameless = provider(home(), anid="").replace("<anbieternr>7</anbieternr>", "")
    assert read(openimmo(nameless)).records[0].provider_key == "wohnhof genossenschaft (erfunden)"


def test_a_provider_nobody_names_is_a_fault_unless_the_person_names_him():
    document = openimmo(home())
    transfer = read(document)
    assert not transfer.records
    assert "--organisation" in transfer.faults[0]
    assert read(document, provider_name="Haus Elbblick").records[0].provider_key == "haus elbblick"


def test_a_provider_who_says_nothing_at_all_is_no_provider():
    assert read("<openimmo><uebertragung/><anbieter/></openimmo>").providers == {}


def test_endless_ids_stay_apart():
    keys = {read_home("", obid="A" * 150 + end).external_id for end in "xy"}
    assert len(keys) == 2
    assert max(map(len, keys)) == 120


def test_of_the_same_object_twice_the_last_counts():
    cheaper = FLAT + PLACE + COSTS.replace("410.50", "399")
    (record,) = read(openimmo(provider(home(), home(cheaper)))).records
    assert record.values["preise/nettokaltmiete"] == 399
    assert "mehrmals" in record.notes[0]


def test_of_the_same_object_twice_the_later_state_counts_though_one_is_a_deletion():
    deleted = home("", action="DELETE")
    for homes, ends in (
        ((deleted, home()), "change"),
        ((home(), deleted), "delete"),
        ((home(), deleted, home()), "change"),
        ((deleted, home(), deleted), "delete"),
    ):
        assert ids(read(full(provider(*homes)))) == [("A1", ends)]


@pytest.mark.parametrize(
    "fittings",
    [
        '<bad DUSCHE="true" WANNE="false"/>',
        '<bad dusche="1" wanne="0"/>',
        "<bad><DUSCHE>true</DUSCHE><WANNE>false</WANNE></bad>",
        '<Bad Dusche="JA" Wanne="Nein"/>',
        '<bad DUSCHE="false" WANNE="false"/><bad DUSCHE="true"/>',
    ],
)
def test_attributes_are_read_in_any_case_and_as_elements(fittings):
    values = read_home(f"<ausstattung>{fittings}</ausstattung>").values
    assert values["ausstattung/bad@dusche"] == 1
    assert values["ausstattung/bad@wanne"] == 0


def test_a_fitting_named_as_text_is_understood():
    values = read_home("<ausstattung><fahrstuhl>PERSONEN</fahrstuhl></ausstattung>").values
    assert values["ausstattung/fahrstuhl@personen"] is True


def test_distances_are_told_apart_by_what_they_lead_to():
    distances = '<distanzen distanz_zu="BUS">0,4</distanzen><distanzen distanz_zu="ZENTRUM">3.1</distanzen>'
    values = read_home(f"<infrastruktur>{distances}</infrastruktur>").values
    assert values["infrastruktur/distanzen@distanz_zu=bus"] == 0.4
    assert values["infrastruktur/distanzen@distanz_zu=zentrum"] == 3.1


@pytest.mark.parametrize(
    ("storey", "number"),
    [("2", 2), ("-1", -1), ("EG", 0), ("Erdgeschoß", 0), ("2. OG", 2), ("3.Etage", 3), ("UG", -1), ("DG", "DG")],
)
def test_storeys_in_words_become_numbers(storey, number):
    assert read_home(f"<geo><etage>{storey}</etage></geo>").values["geo/etage"] == number


def test_a_ground_floor_flat_needs_no_storey():
    kind = FLAT.replace('"ETAGE"', '"ERDGESCHOSS"')
    assert read_home(kind).values["geo/etage"] == 0
    assert read_home(kind + "<geo><etage>0</etage></geo>").values["geo/etage"] == 0
    assert "geo/etage" not in read_home(FLAT).values


@pytest.mark.parametrize(
    ("kind", "storey", "asked"),
    [
        ("ERDGESCHOSS", "1", "„1. Obergeschoss“ passt nicht zu „Erdgeschoss“. Bitte prüfen Sie beides."),
        ("erdgeschoss", "2. OG", "„2. Obergeschoss“ passt nicht zu „Erdgeschoss“. Bitte prüfen Sie beides."),
        ("SOUTERRAIN", "3", "„3. Obergeschoss“ passt nicht zu „Souterrain“. Bitte prüfen Sie beides."),
    ],
)
def test_a_storey_that_its_kind_of_flat_cannot_have_is_asked_about_by_its_name(kind, storey, asked):
    record = read_home(FLAT.replace('"ETAGE"', f'"{kind}"') + f"<geo><etage>{storey}</etage></geo>")
    assert "geo/etage" not in record.values
    assert record.notes[0] == asked


def test_invented_values_do_no_harm():
    category = FLAT.replace('"ETAGE"', '"ETAGENWOHNUNG"')
    fittings = '<ausstattung><ausstatt_kategorie STANDARD="true"/><hologramm>ja</hologramm></ausstattung>'
    assert read_home(category + fittings).skipped == ""


def test_free_fields_are_kept_by_their_name():
    record = read_home(
        '<flaechen><user_defined_simplefield feldname="Türbreite">88,5</user_defined_simplefield></flaechen>'
        "<user_defined_extend><feld><name>Stufen  bis Wohnung</name><wert>3</wert></feld></user_defined_extend>"
    )
    assert record.named == {"türbreite": 88.5, "stufen bis wohnung": 3}


def test_personal_data_pictures_and_the_wanted_sex_are_not_read():
    record = read_home(
        "<kontaktperson><name>Erfunden</name><tel_zentrale>000</tel_zentrale></kontaktperson>"
        "<anhaenge><anhang location='INTERN'><daten><anhanginhalt>AAAA</anhanginhalt></daten></anhang></anhaenge>"
        "<verwaltung_objekt><geschlecht geschl_attr='NUR_FRAU'/></verwaltung_objekt>"
    )
    assert not [path for path in record.values if "kontakt" in path or "anh" in path or "geschl" in path]


def test_texts_lose_their_markup_and_keep_their_lines():
    texts = (
        "<freitexte><objekttitel>Helle Wohnung &amp; Balkon</objekttitel>"
        "<objektbeschreibung><![CDATA[<p>Erste Zeile.</p><br/>Zweite&nbsp;Zeile]]></objektbeschreibung>"
        "<objekt_text lang='de'>Dritte</objekt_text></freitexte>"
    )
    record = read_home(texts)
    assert record.title == "Helle Wohnung & Balkon"
    assert record.texts == ("Erste Zeile.\nZweite Zeile", "Dritte")


@pytest.mark.parametrize(
    ("category", "words"),
    [
        ("<objektart><parken/></objektart>", "parken"),
        ("<objektart><buero_praxen/></objektart>", "buero_praxen"),
        ('<nutzungsart GEWERBE="true" WOHNEN="false"/>', "gewerblich"),
        ('<objektart><wohnung wohnungtyp="FERIENWOHNUNG"/></objektart>', "Ferienwohnung"),
        ('<objektart><haus haustyp="FERIENHAUS"/></objektart>', "Ferienwohnung"),
        ('<nutzungsart GEWERBE="1" WOHNEN="1"/><objektart><haus/></objektart>', ""),
        ("<objektart><zimmer/></objektart>", ""),
        ("", ""),
    ],
)
def test_what_is_no_home_is_named_in_words(category, words):
    skipped = read_home(f"<objektkategorie>{category}</objektkategorie>").skipped
    assert (words in skipped) if words else skipped == ""


def managed(content):
    return f"<verwaltung_objekt>{content}</verwaltung_objekt>"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (managed("<vermietet>true</vermietet>"), "vermietet"),
        (managed("<vermietet>1</vermietet><verfuegbar_ab>sofort</verfuegbar_ab>"), "vermietet"),
        (managed("<vermietet>true</vermietet><verfuegbar_ab>01.03.2027</verfuegbar_ab>"), ""),
        (managed("<vermietet>false</vermietet>"), ""),
        (managed("<als_ferien>true</als_ferien>"), "auf Dauer"),
        ('<preise><preis_zeiteinheit zeiteinheit="TAG"/></preise>', "auf Dauer"),
        ('<preise><preis_zeiteinheit zeiteinheit="MONAT"/></preise>', ""),
        ('<zustand_angaben><verkaufstatus stand="RESERVIERT"/></zustand_angaben>', "reserviert"),
        ('<zustand_angaben><verkaufstatus stand="OFFEN"/></zustand_angaben>', ""),
    ],
)
def test_what_nobody_can_have_is_left_out_with_the_reason(said, words):
    skipped = read_home(FLAT + PLACE + said).skipped
    assert words in skipped if words else skipped == ""


@pytest.mark.parametrize(("until", "words"), [("2026-06-30", "aktiv bis 30.06.2026"), ("2026-11-20", ""), ("k.A.", "")])
def test_what_is_not_advertised_any_more_is_left_out_with_the_day(until, words):
    ended = home().replace("<objektnr_extern>", f"<aktiv_bis>{until}</aktiv_bis><objektnr_extern>")
    (record,) = read(openimmo(provider(ended))).records
    assert words in record.skipped if words else record.skipped == ""


@pytest.mark.parametrize(
    ("geo", "expected"),
    [
        ("<plz>01307</plz><strasse>Am See 12a</strasse>", ("Am See", "12a", "01307")),
        ("<plz>1307</plz><strasse>Straße des 17. Juni 4</strasse>", ("Straße des 17. Juni", "4", "01307")),
        ("<plz>D-01307</plz><strasse>Platz der Probe</strasse>", ("Platz der Probe", "", "01307")),
        ("<plz>01307 Dresden</plz><strasse>Platz der Probe 3</strasse>", ("Platz der Probe", "3", "01307")),
        ("<plz>k.A.</plz><strasse>Weg 1</strasse><hausnummer>3</hausnummer>", ("Weg 1", "3", "")),
    ],
)
def test_addresses_are_repaired(geo, expected):
    address = read_home(f"<geo>{geo}</geo>").address
    assert (address.street, address.house_number, address.postcode) == expected


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        ('breitengrad="51.05" laengengrad="13.77"', (51.05, 13.77)),
        ('breitengrad="51,05" laengengrad="13,77"', (51.05, 13.77)),
        ('breitengrad="13.77" laengengrad="51.05"', (51.05, 13.77)),
        ('breitengrad="0.0" laengengrad="0.0"', (None, None)),
        ('breitengrad="Dresden"', (None, None)),
    ],
)
def test_coordinates_are_repaired(point, expected):
    address = read_home(f"<geo><geokoordinaten {point}/></geo>").address
    assert (address.lat, address.lon) == expected


def test_the_street_may_be_shown_only_where_the_sender_says_so():
    released = "<verwaltung_objekt><objektadresse_freigeben>{}</objektadresse_freigeben></verwaltung_objekt>"
    assert read_home(released.format("true")).address.released
    assert read_home(released.format("1")).address.released
    assert not read_home(released.format("false")).address.released
    assert not read_home(PLACE).address.released
