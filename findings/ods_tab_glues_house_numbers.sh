#!/usr/bin/env bash
# In an OpenDocument table a tab and a line break inside a cell are elements (text:tab, text:line-break), no characters.
# python-calamine leaves both out without putting anything in their place, while it does read the element for blanks
# (text:s): "Elbweg 5<tab>12. Etage" arrives as "Elbweg 512. Etage", another house, and "ja<break>defekt" as one word.
# odfpy with pyexcel-ods and ezodf give the tab and the break.
#
# Seen with python-calamine 0.9.1, pyexcel-ods 0.6.0, ezodf 0.3.2 on Python 3.11. Fails when this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install \
    python-calamine==0.9.1 pyexcel-ods==0.6.0 ezodf==0.3.2 lxml
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
import zipfile
from importlib.metadata import version

import ezodf
import pyexcel_ods
from python_calamine import CalamineWorkbook

KIND = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
CELLS = (
    "Elbweg 5<text:tab/>12. Etage",
    "ja<text:line-break/>defekt",
    '01307<text:s text:c="2"/>Dresden',
)
rows = "".join(
    f'<table:table-row><table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
    "</table:table-row>"
    for cell in CELLS
)
content = (
    f'<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2" '
    f'xmlns:office="{NAMES}office:1.0" xmlns:table="{NAMES}table:1.0" xmlns:text="{NAMES}text:1.0">'
    f'<office:body><office:spreadsheet><table:table table:name="Liste"><table:table-column/>{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
manifest = (
    f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest manifest:version="1.2" '
    f'xmlns:manifest="{NAMES}manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
with zipfile.ZipFile("liste.ods", "w") as archive:
    archive.writestr("mimetype", KIND)
    archive.writestr("content.xml", content)
    archive.writestr("META-INF/manifest.xml", manifest)

seen = {
    "python-calamine": [row[0] for row in CalamineWorkbook.from_path("liste.ods").get_sheet_by_index(0).to_python()],
    "pyexcel-ods": [row[0] for row in pyexcel_ods.get_data("liste.ods")["Liste"]],
    "ezodf": [row[0].value for row in ezodf.opendoc("liste.ods").sheets[0].rows()],
}
apart = ["Elbweg 5\t12. Etage", "ja\ndefekt", "01307  Dresden"]
expected = {
    "python-calamine": ["Elbweg 512. Etage", "jadefekt", "01307  Dresden"],
    "pyexcel-ods": apart,
    "ezodf": apart,
}
for library, cells in seen.items():
    print(f"{library} {version(library)}: {cells}")
sys.exit("This has changed." if seen != expected else 0)
PYTHON
