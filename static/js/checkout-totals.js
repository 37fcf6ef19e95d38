/* Works the totals out again when the place or the delivery changes; without it "Update totals" does. */

const NAMES = new Set(["region", "country", "delivery_method"]);
const button = document.querySelector("[data-update-totals]");
const form = button.form;
let running = new AbortController();

async function fetchTotals(signal) {
  const body = new URLSearchParams(new FormData(form));
  const response = await fetch(button.formAction, { method: "POST", body, signal });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return page.querySelector("[data-totals]");
}

async function update() {
  running.abort();
  running = new AbortController();
  try {
    const totals = await fetchTotals(running.signal);
    if (totals) document.querySelector("[data-totals]").replaceChildren(...totals.childNodes);
  } catch {
    // Overtaken by a newer change, or no network: the button is still there.
  }
}

form.addEventListener("change", (event) => {
  if (NAMES.has(event.target.name)) update();
});
