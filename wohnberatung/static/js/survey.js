// A survey outlives a lost connection: what is typed lies on this device until the server has confirmed it.
// Without this script every room is an ordinary form.
"use strict";

const RETRY_SECONDS = 15;
// Never part of a draft: they belong to the page, and would be stale after signing in again.
const OF_THE_PAGE = ["csrf_token", "idempotency_key"];

const clock = (moment) => new Date(moment).toLocaleTimeString("de-DE", { hour: "2-digit", minute: "2-digit" });

function values(form) {
  const typed = [...new FormData(form)].filter(([name]) => !OF_THE_PAGE.includes(name));
  return JSON.stringify(typed);
}

function entered(typed) {
  return JSON.stringify(JSON.parse(typed).filter(([name]) => name !== "version"));
}

let leaving = false;

// The server's own page says what to do; the draft stays until it is confirmed.
function sendPlainly(form) {
  leaving = true;
  HTMLFormElement.prototype.submit.call(form);
}

class Room {
  constructor(form) {
    this.form = form;
    this.key = "survey/" + form.dataset.draft;
    this.confirmed = values(form);
    this.sending = false;
    form.addEventListener("input", () => this.keep());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save();
    });
    this.restore();
  }

  say(word, moment) {
    const text = this.form.dataset[word] || "";
    this.form.querySelector(".room__state").textContent = text.replace("{time}", moment ? clock(moment) : "");
  }

  get dirty() {
    return values(this.form) !== this.confirmed;
  }

  keep() {
    if (!this.dirty) {
      this.forget();
      this.say("");
      return;
    }
    try {
      localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), values: values(this.form) }));
    } catch {
      // A full or forbidden storage: the page itself still holds everything.
    }
    this.say("unsaved");
  }

  forget() {
    localStorage.removeItem(this.key);
  }

  restore() {
    const stored = JSON.parse(localStorage.getItem(this.key) || "null");
    // The same but for the version: it was saved, and only the answer got lost.
    if (!stored || entered(stored.values) === entered(this.confirmed)) {
      this.forget();
      return;
    }
    fill(this.form, JSON.parse(stored.values));
    this.say("restored", stored.at);
  }

  async save() {
    if (this.sending) {
      return;
    }
    this.sending = true;
    const sent = values(this.form);
    this.say("saving");
    try {
      const options = { method: "POST", body: new FormData(this.form), headers: { Accept: "text/html" } };
      this.read(await fetch(this.form.action, options), sent);
    } catch {
      this.keep();
      this.say("offline");
      this.wait();
    } finally {
      this.sending = false;
    }
  }

  async read(response, sent) {
    if (response.status >= 500) {
      this.keep();
      this.say("offline");
      this.wait();
      return;
    }
    if (!response.ok && response.status !== 400 && response.status !== 409) {
      // One must sign in again, or may not any more.
      sendPlainly(this.form);
      return;
    }
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector(`form[data-draft="${this.form.dataset.draft}"]`);
    if (!fresh) {
      sendPlainly(this.form);
      return;
    }
    this.adopt(fresh, response, sent);
  }

  adopt(fresh, response, sent) {
    const meanwhile = values(this.form) !== sent;
    const saved = response.ok;
    const overtaken = response.status === 409;
    if (saved || overtaken) {
      // Saved here, or saved by somebody meanwhile: the next time goes on from there.
      for (const name of [...OF_THE_PAGE, "version"]) {
        this.form.elements[name].value = fresh.elements[name].value;
      }
    }
    const place = ".room__conflict";
    this.form.querySelector(place).replaceWith(document.importNode(fresh.querySelector(place), true));
    if (!meanwhile && !overtaken) {
      showAgain(this.form, fresh);
    }
    if (saved && !meanwhile) {
      this.confirmed = values(this.form);
      this.forget();
      this.say("saved", Date.now());
    } else {
      this.keep();
      this.say(saved ? "unsaved" : overtaken ? "conflict" : "wrong");
    }
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.dirty && this.save(), RETRY_SECONDS * 1000);
  }
}

function fill(form, typed) {
  const chosen = typed.filter(([name]) => form.elements[name]);
  for (const field of form.elements) {
    if (!field.name || OF_THE_PAGE.includes(field.name)) {
      continue;
    }
    const mine = chosen.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "radio" || field.type === "checkbox") {
      field.checked = mine.includes(field.value);
    } else if (mine.length) {
      field.value = mine[0];
    }
  }
}

// The fields as the server draws them: numbers the German way, or errors at their places.
function showAgain(form, fresh) {
  const place = ".room__fields";
  form.querySelector(place).replaceWith(document.importNode(fresh.querySelector(place), true));
  const wrong = form.querySelector("[aria-invalid]");
  if (wrong) {
    wrong.focus();
  }
}

const rooms = [...document.querySelectorAll("form[data-draft]")].map((form) => new Room(form));
window.addEventListener("online", () => rooms.filter((room) => room.dirty && room.timer).forEach((room) => room.save()));
window.addEventListener("beforeunload", (event) => {
  if (!leaving && rooms.some((room) => room.dirty)) {
    event.preventDefault();
  }
});
