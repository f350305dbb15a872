// Keys for the office. Everything is also reachable by links; single keys can be switched off in the help (WCAG 2.1.4).
"use strict";

const SETTING = "shortcuts";
const help = document.getElementById("tastenkuerzel");
const opener = document.querySelector("[data-shortcuts]");
const enabled = document.getElementById("tasten-an");

function remembered() {
  try {
    return localStorage.getItem(SETTING) !== "off";
  } catch {
    return true;
  }
}

function remember(on) {
  try {
    localStorage.setItem(SETTING, on ? "on" : "off");
  } catch {
    // A browser that keeps nothing: the choice holds for this page.
  }
}

function writes(element) {
  return element.isContentEditable || /^(input|textarea|select)$/i.test(element.tagName);
}

function act(key) {
  if (key === "?") {
    help.showModal();
    return true;
  }
  // A list that is worked through has its own keys: js/workplace.js.
  if (!document.dispatchEvent(new CustomEvent("shortcut", { detail: key, cancelable: true }))) {
    return true;
  }
  const field = document.querySelector(`[data-focus-key="${CSS.escape(key)}"]`);
  if (field) {
    field.focus();
    field.select();
    return true;
  }
  const link = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (link) {
    link.click();
    return true;
  }
  return false;
}

if (help && opener && enabled) {
  enabled.checked = remembered();
  enabled.addEventListener("change", () => remember(enabled.checked));
  opener.hidden = false;
  opener.addEventListener("click", () => help.showModal());
  help.querySelector("[data-close]").addEventListener("click", () => help.close());
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
      event.preventDefault();
      event.target.form.requestSubmit(event.target.form.querySelector("button.kern-btn--primary"));
      return;
    }
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    if (modified || event.isComposing || help.open || !enabled.checked || writes(event.target)) {
      return;
    }
    if (act(event.key.length === 1 ? event.key.toLowerCase() : event.key)) {
      event.preventDefault();
    }
  });
}
