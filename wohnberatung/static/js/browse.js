// On a phone the filters would stand before the offers; they open on demand. Wrong entries stay in view.
"use strict";

const filters = document.getElementById("filter");
if (filters && matchMedia("(max-width: 60rem)").matches && !filters.querySelector("[aria-invalid]")) {
  filters.open = false;
}
