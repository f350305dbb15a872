"""OpenImmo deliveries as real programs write them, made here from scratch."""

import io
import zipfile
from datetime import date

from wohnberatung.intake.openimmo import read_openimmo
from wohnberatung.intake.recognise import openimmo_in
from wohnberatung.intake.result import ImportResult, RawRecord

TODAY = date(2026, 11, 22)
PROLOG = '<?xml version="1.0" encoding="UTF-8"?>\n'
TRANSFER = '<uebertragung art="OFFLINE" umfang="TEIL" version="1.2.7" timestamp="2026-11-20T08:00:00"/>'
FLAT = """
<objektkategorie><nutzungsart WOHNEN="true" GEWERBE="false"/><vermarktungsart KAUF="false" MIETE_PACHT="true"/>
<objektart><wohnung wohnungtyp="ETAGE"/></objektart></objektkategorie>"""
PLACE = """
<geo><plz>01307</plz><ort>Dresden</ort><strasse>Musterweg</strasse><hausnummer>4 b</hausnummer>
<regionaler_zusatz>Johannstadt-Nord</regionaler_zusatz><etage>2</etage></geo>"""
COSTS = "<preise><nettokaltmiete>410.50</nettokaltmiete></preise>"


def home(
    content: str = FLAT + PLACE + COSTS, obid: str | None = "A1", extern: str | None = "WE 1", action: str = "CHANGE"
) -> str:
    ids = f"<objektnr_extern>{extern}</objektnr_extern>" if extern is not None else ""
    ids += f'<aktion aktionart="{action}"/>' if action else ""
    ids += f"<openimmo_obid>{obid}</openimmo_obid>" if obid is not None else ""
    return f"<immobilie>{content}<verwaltung_techn>{ids}</verwaltung_techn></immobilie>"


def provider(*homes: str, anid: str = "AN1", name: str = "Wohnhof Genossenschaft (erfunden)") -> str:
    identity = f"<openimmo_anid>{anid}</openimmo_anid>" if anid else ""
    return f"<anbieter><anbieternr>7</anbieternr><firma>{name}</firma>{identity}{''.join(homes)}</anbieter>"


def openimmo(*providers: str, transfer: str = TRANSFER, attributes: str = "") -> str:
    return f"<openimmo{attributes}>{transfer}{''.join(providers)}</openimmo>"


def full(*providers: str) -> str:
    return openimmo(*providers, transfer=TRANSFER.replace("TEIL", "VOLL"))


def read(document: str | bytes, name: str = "lieferung.xml", provider_name: str = "") -> ImportResult:
    data = document if isinstance(document, bytes) else (PROLOG + document).encode()
    return read_openimmo(openimmo_in(name, io.BytesIO(data)), TODAY, ("", provider_name))


def read_home(content: str, **ids: str) -> RawRecord:
    (record,) = read(openimmo(provider(home(content, **ids)))).records
    return record


def zipped(document: str, *others: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("openimmo.xml", PROLOG + document)
        for name in others:
            archive.writestr(name, b"jpeg")
    return buffer.getvalue()
