// Small comforts; every page works without them.
"use strict";

// After a refused form the focus goes to the list of errors, so that a screen reader begins there.
const errors = document.getElementById("fehler");
if (errors) {
  errors.focus();
}

// A link of that list puts the cursor into its field and the field's label into view.
document.querySelectorAll(".error-summary a").forEach((link) => {
  link.addEventListener("click", (event) => {
    const field = document.getElementById(link.hash.slice(1));
    if (!field) {
      return;
    }
    event.preventDefault();
    (field.closest("fieldset") || field.closest(".kern-form-input") || field).scrollIntoView();
    field.focus({ preventScroll: true });
  });
});

// A calendar beside a day that is written as text. What is picked there is written into the text, which alone is sent.
document.querySelectorAll("input[data-calendar]").forEach((text) => {
  const calendar = document.createElement("input");
  calendar.type = "date";
  calendar.className = "kern-form-input__input calendar";
  calendar.setAttribute("aria-label", text.dataset.calendar);
  calendar.addEventListener("focus", () => {
    const day = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text.value.trim());
    calendar.value = day ? `${day[3]}-${day[2].padStart(2, "0")}-${day[1].padStart(2, "0")}` : calendar.value;
  });
  calendar.addEventListener("change", () => {
    if (calendar.value) {
      text.value = calendar.value.split("-").reverse().join(".");
      ["input", "change"].forEach((kind) => text.dispatchEvent(new Event(kind, { bubbles: true })));
    }
  });
  const both = document.createElement("div");
  both.className = "with-calendar";
  text.before(both);
  both.append(text, calendar);
});

// A menu that folded out closes when one goes elsewhere or presses Escape.
document.querySelectorAll(".menu").forEach((menu) => {
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  menu.addEventListener("focusout", (event) => {
    if (!menu.contains(event.relatedTarget)) {
      menu.open = false;
    }
  });
});
