"""What OpenImmo 1.2.7 insists on: the order of elements, which must be there, and what may stand in them.

Written down by hand from the published description of the interface, as the schema itself may not be passed on; it
names what a housing office may write, and everything else is a fault.
"""

import re
from collections.abc import Iterator

from lxml import etree

BOOLEAN, WHOLE, DECIMAL = r"true|false|1|0", r"[+-]?\d+", r"[+-]?\d+(?:\.\d+)?"
POSITIVE, DAY, MOMENT, TEXT = r"0*[1-9]\d*", r"\d{4}-\d\d-\d\d", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", r"(?s).*"
FREE = "user_defined_simplefield* user_defined_anyfield* user_defined_extend*"
# Children in their order; * may be repeated, ! must be there.
CHILDREN = {
    "openimmo": "uebertragung! anbieter!*",
    "anbieter": f"anbieternr firma! openimmo_anid! lizenzkennung anhang immobilie* impressum impressum_strukt {FREE}",
    "immobilie": "objektkategorie! geo! kontaktperson! weitere_adresse* preise bieterverfahren versteigerung flaechen"
    " ausstattung zustand_angaben bewertung infrastruktur freitexte anhaenge verwaltung_objekt! verwaltung_techn!",
    "objektkategorie": f"nutzungsart! vermarktungsart! objektart! {FREE}",
    "objektart": "zimmer wohnung haus objektart_zusatz*",
    "geo": "plz ort geokoordinaten strasse hausnummer bundesland land gemeindecode flur flurstueck gemarkung etage"
    f" anzahl_etagen lage_im_bau wohnungsnr lage_gebiet regionaler_zusatz karten_makro karten_mikro {FREE}",
    "kontaktperson": "email_zentrale email_direkt tel_zentrale tel_durchw tel_fax tel_handy name! vorname titel anrede"
    f" position anrede_brief firma zusatzfeld strasse hausnummer plz ort {FREE}",
    "preise": "kaufpreis nettokaltmiete kaltmiete warmmiete nebenkosten heizkosten_enthalten heizkosten mietzuschlaege"
    " pauschalmiete hausgeld abstand preis_zeiteinheit mietpreis_pro_qm provisionspflichtig waehrung freitext_preis"
    f" kaution kaution_text geschaeftsguthaben {FREE}",
    "flaechen": "wohnflaeche nutzflaeche gesamtflaeche anzahl_zimmer anzahl_schlafzimmer anzahl_badezimmer"
    f" anzahl_sep_wc anzahl_balkone anzahl_terrassen anzahl_logia balkon_terrasse_flaeche gartenflaeche {FREE}",
    "ausstattung": "ausstatt_kategorie wg_geeignet raeume_veraenderbar bad kueche boden kamin heizungsart befeuerung"
    " klimatisiert fahrstuhl stellplatzart* gartennutzung ausricht_balkon_terrasse moebliert rollstuhlgerecht"
    " kabel_sat_tv dvbt barrierefrei sauna swimmingpool wasch_trockenraum wintergarten dv_verkabelung rampe hebebuehne"
    " serviceleistungen* breitband_zugang sicherheitstechnik unterkellert abstellraum fahrradraum rolladen dachboden"
    f" gaestewc kabelkanaele seniorengerecht {FREE}",
    "zustand_angaben": f"baujahr letztemodernisierung zustand alter altlasten energiepass* verkaufstatus {FREE}",
    "energiepass": "epart gueltig_bis energieverbrauchkennwert mitwarmwasser endenergiebedarf primaerenergietraeger"
    " stromwert waermewert wertklasse baujahr ausstelldatum jahrgang gebaeudeart epasstext geg2018 hwbwert hwbklasse"
    f" fgeewert fgeeklasse {FREE}",
    "infrastruktur": f"zulieferung ausblick distanzen* distanzen_sport* {FREE}",
    "freitexte": f"objekttitel dreizeiler lage ausstatt_beschr objektbeschreibung sonstige_angaben objekt_text* {FREE}",
    "verwaltung_objekt": "objektadresse_freigeben verfuegbar_ab abdatum bisdatum min_mietdauer max_mietdauer"
    " versteigerungstermin wbs_sozialwohnung vermietet gruppennummer zugang laufzeit max_personen nichtraucher"
    f" haustiere geschlecht denkmalgeschuetzt als_ferien gewerbliche_nutzung branchen hochhaus {FREE}",
    "verwaltung_techn": "objektnr_intern objektnr_extern! aktion! aktiv_von aktiv_bis openimmo_obid! kennung_ursprung"
    f" stand_vom! weitergabe_generell weitergabe_positiv weitergabe_negativ gruppen_kennung master sprache {FREE}",
}
CONTENT = {
    "etage": WHOLE, "anzahl_etagen": WHOLE, "max_personen": POSITIVE, "abdatum": DAY, "stand_vom": DAY,
    "objektadresse_freigeben": BOOLEAN, "heizkosten_enthalten": BOOLEAN, "nichtraucher": BOOLEAN,
    "haustiere": BOOLEAN, "wbs_sozialwohnung": BOOLEAN, "vermietet": BOOLEAN, "wg_geeignet": BOOLEAN,
    "gartennutzung": BOOLEAN, "rollstuhlgerecht": BOOLEAN, "barrierefrei": BOOLEAN, "seniorengerecht": BOOLEAN,
    "rampe": BOOLEAN, "hebebuehne": BOOLEAN, "gaestewc": BOOLEAN, "abstellraum": BOOLEAN, "fahrradraum": BOOLEAN,
    "wasch_trockenraum": BOOLEAN, "epart": "BEDARF|VERBRAUCH",
    "jahrgang": "2008|2014|ohne|nicht_noetig|bei_besichtigung", "ausstelldatum": DAY,
    "mitwarmwasser": BOOLEAN, "distanzen": DECIMAL,
    **dict.fromkeys(
        ("nettokaltmiete", "kaltmiete", "warmmiete", "nebenkosten", "heizkosten", "kaution", "geschaeftsguthaben",
         "wohnflaeche", "anzahl_zimmer", "anzahl_balkone"), DECIMAL,
    ),
}  # fmt: skip
# Attributes with what they may hold; ! must be there.
ATTRIBUTES = {
    "uebertragung": {
        "art!": "ONLINE|OFFLINE", "umfang!": "TEIL|VOLL", "modus": "NEW|CHANGE|DELETE", "version!": TEXT,
        "sendersoftware!": TEXT, "senderversion!": TEXT, "techn_email": TEXT, "regi_id": TEXT, "timestamp": MOMENT,
    },
    "nutzungsart": {"WOHNEN!": BOOLEAN, "GEWERBE!": BOOLEAN, "ANLAGE": BOOLEAN, "WAZ": BOOLEAN},
    "vermarktungsart": {"KAUF!": BOOLEAN, "MIETE_PACHT!": BOOLEAN, "ERBPACHT": BOOLEAN, "LEASING": BOOLEAN},
    "wohnung": {"wohnungtyp": "DACHGESCHOSS|MAISONETTE|PENTHOUSE|TERRASSEN|ETAGE|ERDGESCHOSS|SOUTERRAIN|APARTMENT"},
    "zimmer": {"zimmertyp": "ZIMMER"},
    "geokoordinaten": {"breitengrad!": DECIMAL, "laengengrad!": DECIMAL},
    "bad": dict.fromkeys(("DUSCHE", "WANNE", "FENSTER", "BIDET", "PISSOIR"), BOOLEAN),
    "kueche": dict.fromkeys(("EBK", "OFFEN", "PANTRY"), BOOLEAN),
    "fahrstuhl": dict.fromkeys(("PERSONEN", "LASTEN"), BOOLEAN),
    "heizungsart": dict.fromkeys(("OFEN", "ETAGE", "ZENTRAL", "FERN", "FUSSBODEN"), BOOLEAN),
    "befeuerung": dict.fromkeys(
        ("OEL", "GAS", "ELEKTRO", "ALTERNATIV", "SOLAR", "ERDWAERME", "LUFTWP", "FERN", "BLOCK", "WASSER-ELEKTRO",
         "PELLET", "KOHLE", "HOLZ", "FLUESSIGGAS"), BOOLEAN,
    ),
    "moebliert": {"moeb": "VOLL|TEIL"},
    "unterkellert": {"keller": "JA|NEIN|TEIL"},
    "zustand": {
        "zustand_art": "ERSTBEZUG|TEIL_VOLLRENOVIERUNGSBED|NEUWERTIG|TEIL_VOLLSANIERT|TEIL_VOLLRENOVIERT|TEIL_SANIERT"
        "|VOLL_SANIERT|SANIERUNGSBEDUERFTIG|BAUFAELLIG|NACH_VEREINBARUNG|MODERNISIERT|GEPFLEGT|ROHBAU|ENTKERNT"
        "|ABRISSOBJEKT|PROJEKTIERT",
    },
    "serviceleistungen": dict.fromkeys(("BETREUTES_WOHNEN", "CATERING", "REINIGUNG", "EINKAUF", "WACHDIENST"), BOOLEAN),
    "distanzen": {
        "distanz_zu!": "FLUGHAFEN|FERNBAHNHOF|AUTOBAHN|US_BAHN|BUS|KINDERGAERTEN|GRUNDSCHULE|HAUPTSCHULE|REALSCHULE"
        "|GESAMTSCHULE|GYMNASIUM|ZENTRUM|EINKAUFSMOEGLICHKEITEN|GASTSTAETTEN",
    },
    "min_mietdauer": {"min_dauer": "TAG|WOCHE|MONAT|JAHR"},
    "max_mietdauer": {"max_dauer": "TAG|WOCHE|MONAT|JAHR"},
    "aktion": {"aktionart": "CHANGE|DELETE|REFERENZ"},
    "user_defined_simplefield": {"feldname!": TEXT},
}  # fmt: skip


def faults(document: bytes) -> list[str]:
    """Everything the interface would refuse, each with the line where it stands."""
    root = etree.fromstring(document)
    found = [] if root.tag == "openimmo" else [f"the outermost element is {root.tag}"]
    for element in root.iter():
        found += [f"line {element.sourceline}: {element.tag}: {fault}" for fault in _faults_of(element)]
    return found


def _faults_of(element: etree._Element) -> Iterator[str]:
    yield from _children(element)
    allowed = {name.rstrip("!"): pattern for name, pattern in ATTRIBUTES.get(element.tag, {}).items()}
    for name, value in element.attrib.items():
        if not re.fullmatch(allowed.get(str(name), "(?!)"), str(value)):
            yield f"{name}={value!r} is not allowed"
    required = {name[:-1] for name in ATTRIBUTES.get(element.tag, ()) if name.endswith("!")}
    yield from (f"has no {name}" for name in required - set(map(str, element.attrib)))
    if element.tag in CONTENT and not re.fullmatch(CONTENT[element.tag], element.text or ""):
        yield f"{element.text!r} is not allowed"
    if element.tag == "geo" and not {"plz", "ort", "geokoordinaten"} & {child.tag for child in element}:
        yield "names no place"
    if element.tag == "kontaktperson" and not re.match("email_|tel_", next(iter(element)).tag):
        yield "cannot be reached"


def _children(element: etree._Element) -> Iterator[str]:
    order = CHILDREN.get(element.tag, "").split()
    names = [name.rstrip("!*") for name in order]
    tags = [child.tag for child in element]
    yield from (f"{tag} does not belong here" for tag in tags if tag not in names)
    places = [names.index(tag) for tag in tags if tag in names]
    if places != sorted(places):
        yield f"out of order: {', '.join(tags)}"
    for name, mark in zip(names, order, strict=True):
        if "!" in mark and name not in tags:
            yield f"{name} is missing"
        if "*" not in mark and tags.count(name) > 1:
            yield f"{name} stands there twice"
