// While somebody fills in a step: how many offers there are for it. Without this script the next step tells it.
"use strict";

const PAUSE = 700;
const form = document.querySelector("form[data-live-count]");
const place = document.getElementById("stand");
const spoken = document.getElementById("stand-gesagt");
let waiting;
let asking;

async function ask() {
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(form.dataset.liveCount, {
      method: "POST",
      body: new FormData(form),
      headers: { "HX-Request": "true" },
      signal: asking.signal,
    });
    if (answer.status === 200) {
      show(await answer.text());
    }
  } catch {
    // Offline, or asked anew meanwhile: what stands there stays.
  }
}

// Replaced only if it says something else. A screen reader says the three numbers; the sentences can be read there.
function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").body;
  if (fresh.textContent.trim() !== place.textContent.trim()) {
    spoken.textContent = fresh.querySelector("[data-spoken]")?.dataset.spoken ?? "";
    place.replaceChildren(...fresh.children);
  }
}

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(ask, PAUSE);
});
