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
