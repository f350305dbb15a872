// Keeps on the server what is being typed, or asks it how a line is read: shortly after each pause, and every few seconds
// while typing goes on. Where the page has no place for the state, nothing is kept.
"use strict";

const PAUSE = 700;
const AT_LEAST_EVERY = 3000;
const RETRY = 5000;

document.querySelectorAll(".autosave").forEach((frame) => {
  const form = frame.querySelector("form");
  const state = frame.querySelector(".autosave__state");
  const address = frame.dataset.saveTo;
  let timer = null;
  let dirtySince = 0;
  let saving = false;
  let leaving = false;
  let overtaken = false;
  let submission = null;

  function values() {
    const data = new FormData(form);
    // The key belongs to the one submission that stores the record.
    data.delete("idempotency_key");
    data.delete("tun");
    return data;
  }

  function tell(message) {
    if (state && state.textContent !== message) {
      state.textContent = message;
    }
  }

  // How a line is understood stands below it before the form is sent; drawn anew only where it changed.
  function showReadings(readings) {
    for (const [name, drawn] of Object.entries(readings)) {
      const place = frame.querySelector(`[data-reading="${name}"]`);
      if (place && place.dataset.drawn !== drawn.trim()) {
        place.dataset.drawn = drawn.trim();
        place.replaceChildren(...new DOMParser().parseFromString(drawn, "text/html").body.children);
      }
    }
  }

  function plan(delay) {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  }

  // Signed in again in another window, the session has another token: take it over, also for the form itself.
  async function renewToken() {
    const answer = await fetch(address, { headers: { Accept: "application/json" }, redirect: "error" });
    if (!answer.ok) {
      return false;
    }
    const token = (await answer.json()).csrf_token;
    document.querySelectorAll("input[name=csrf_token]").forEach((field) => {
      field.value = token;
    });
    return true;
  }

  async function save() {
    if (saving || leaving || overtaken) {
      return;
    }
    saving = true;
    const begun = dirtySince;
    dirtySince = 0;
    try {
      const options = { method: "POST", body: values(), headers: { Accept: "application/json" }, redirect: "error" };
      const answer = await fetch(address, options);
      if (answer.ok) {
        const time = new Date().toLocaleTimeString("de-DE", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
        tell(state?.dataset.saved.replace("{time}", time));
        showReadings((await answer.json()).readings);
      } else if (answer.status === 409) {
        // Another page has written something else meanwhile: a person decides between the two once they send the form.
        overtaken = true;
        tell(state?.dataset.overtaken);
      } else {
        dirtySince = begun || Date.now();
        tell(answer.status === 401 ? state?.dataset.signedOut : state?.dataset.failed);
        await renewToken().catch(() => false);
      }
    } catch {
      dirtySince = begun || Date.now();
      tell(state?.dataset.failed);
      await renewToken().catch(() => false);
    }
    saving = false;
    if (submission) {
      submission();
    } else if (dirtySince) {
      plan(RETRY);
    }
  }

  form.addEventListener("input", () => {
    const now = Date.now();
    dirtySince = dirtySince || now;
    plan(Math.max(0, Math.min(PAUSE, dirtySince + AT_LEAST_EVERY - now)));
  });

  // A draft on its way must not arrive after the record it belongs to: that one waits for it.
  form.addEventListener("submit", (event) => {
    leaving = true;
    clearTimeout(timer);
    if (saving) {
      event.preventDefault();
      const button = event.submitter;
      submission = () => {
        submission = null;
        form.requestSubmit(button);
      };
    }
  });

  // Another tab, another program, the lid of the laptop: save at once what is not saved yet.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && dirtySince) {
      save();
    }
  });
});
