// Asks the device for a passkey when its form is sent, and sends what the device says along. Without this script, or in
// a browser that cannot do it, the form stays hidden and the code from the app is the way in.
"use strict";

const canDoIt = window.PublicKeyCredential && PublicKeyCredential.parseCreationOptionsFromJSON;

const askDevice = (box) => {
  const options = JSON.parse(box.dataset.options);
  return box.dataset.passkey === "create"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
};

if (canDoIt) {
  document.querySelectorAll("[data-passkey-off]").forEach((words) => {
    words.hidden = true;
  });
  document.querySelectorAll("[data-passkey]").forEach((box) => {
    const form = box.querySelector("form");
    const failed = box.querySelector("[data-passkey-failed]");
    box.hidden = false;
    form.addEventListener("submit", async (event) => {
      if (form.elements.credential.value) {
        return;
      }
      event.preventDefault();
      failed.hidden = true;
      try {
        form.elements.credential.value = JSON.stringify((await askDevice(box)).toJSON());
      } catch {
        failed.hidden = false;
        return;
      }
      form.requestSubmit();
    });
  });
}
