// Keys for a list that is worked through: j and k move, o unfolds, p goes to the page where it is proposed and posts nothing.
// What is focused are the links and summaries that are there anyway, so that a screen reader says them.
"use strict";

const rows = [...document.querySelectorAll(".matches--dense > .match")];
const helpLine = document.querySelector(".keys");

function current() {
  return rows.findIndex((row) => row.contains(document.activeElement));
}

function move(by) {
  const at = current();
  const next = at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1);
  rows[next].querySelector(".match__title a").focus();
  rows[next].scrollIntoView({ block: "nearest" });
}

function unfold(row) {
  const more = row.querySelector(".match__more");
  more.open = !more.open;
  more.querySelector("summary").focus();
}

function propose(row) {
  if (row.dataset.propose) {
    location.assign(row.dataset.propose);
  }
}

const DEEDS = { j: () => move(1), k: () => move(-1), o: unfold, p: propose };

if (rows.length && helpLine) {
  helpLine.hidden = false;
  document.addEventListener("shortcut", (event) => {
    const deed = DEEDS[event.detail];
    const row = rows[current()];
    if (deed && (row || deed.length === 0)) {
      deed(row);
      event.preventDefault();
    }
  });
}
