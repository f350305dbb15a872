// While an advisor changes requirements, the list beside them moves; without this script a button does it.
"use strict";

const trial = document.querySelector("form[data-trial]");
const list = trial && document.getElementById(trial.dataset.trial);
const PAUSE = 300;
let waiting = 0;
let running = null;

async function renew() {
  running?.abort();
  running = new AbortController();
  const part = { method: "POST", body: new FormData(trial), headers: { "HX-Request": "true" }, signal: running.signal };
  try {
    const answer = await fetch(trial.action, part);
    if (answer.ok || answer.status === 400) {
      list.innerHTML = await answer.text();
    }
  } catch (error) {
    if (error.name === "AbortError") {
      return; // overtaken by the next change
    }
    // No connection: the list stays, and the button still renews it.
  }
  list.setAttribute("aria-busy", "false");
}

if (list) {
  trial.addEventListener("input", () => {
    list.setAttribute("aria-busy", "true");
    clearTimeout(waiting);
    waiting = setTimeout(renew, PAUSE);
  });
}
