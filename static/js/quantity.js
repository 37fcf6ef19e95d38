/* Sends a changed quantity by itself; without it the Update button does. */

for (const field of document.querySelectorAll("[data-submit-on-change]")) {
  field.addEventListener("change", () => {
    if (field.form.reportValidity()) field.form.requestSubmit();
  });
}
