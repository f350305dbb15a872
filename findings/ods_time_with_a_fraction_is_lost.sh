#!/usr/bin/env bash
# OpenDocument keeps a time of day as a duration (office:time-value, e.g. PT09H30M00S). Office programs write what they
# calculated, with the fraction of a second that binary arithmetic leaves: PT09H29M59.999999997S, shown as 09:30.
# pyexcel-ods gives such a cell as None, as if it were empty, and says nothing; of a column of viewing times only those
# that were typed arrive. A duration without seconds (PT9H30M), which the standard allows as well, is lost the same way.
# ezodf gives the text of the duration, whatever its form.
#
# Seen with pyexcel-ods 0.6.0 (odfpy 1.4.1) and ezodf 0.3.2 on Python 3.11. Fails when this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install pyexcel-ods==0.6.0 odfpy==1.4.1 ezodf==0.3.2 lxml
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys
from datetime import time
from importlib.metadata import version

import ezodf
import pyexcel_ods
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

document = OpenDocumentSpreadsheet()
table = Table(name="Termine")
for value in ("PT09H30M00S", "PT09H29M59.999999997S", "PT9H30M"):
    row = TableRow()
    cell = TableCell(valuetype="time", timevalue=value)
    cell.addElement(P(text="09:30"))
    row.addElement(cell)
    table.addElement(row)
document.spreadsheet.addElement(table)
document.save("termine.ods")

seen = {
    "pyexcel-ods": [row[0] if row else None for row in pyexcel_ods.get_data("termine.ods")["Termine"]],
    "ezodf": [row[0].value for row in ezodf.opendoc("termine.ods").sheets[0].rows()],
}
expected = {
    "pyexcel-ods": [time(9, 30), None, None],
    "ezodf": ["PT09H30M00S", "PT09H29M59.999999997S", "PT9H30M"],
}
for library, cells in seen.items():
    print(f"{library} {version(library)}: {cells}")
sys.exit("This has changed." if seen != expected else 0)
PYTHON
