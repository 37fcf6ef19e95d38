/* Works prices out again when the place, the delivery or the code changes; without it "Update totals" does. */

const NAMES = new Set(["region", "country", "delivery_method", "discount_code"]);
const form = document.querySelector("[data-update-totals]").form;
const address = document.querySelector("[data-update-totals]").formAction;
let running = new AbortController();

async function fetchPage(signal) {
  const body = new URLSearchParams(new FormData(form));
  const response = await fetch(address, { method: "POST", body, signal });
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

function show(page) {
  for (const part of form.querySelectorAll("[data-part]")) {
    const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`);
    // Where the person is typing or choosing, nothing moves.
    if (fresh && !part.contains(document.activeElement)) part.replaceChildren(...fresh.childNodes);
  }
}

async function update() {
  running.abort();
  running = new AbortController();
  try {
    show(await fetchPage(running.signal));
  } catch {
    // Overtaken by a newer change, or no network: the button is still there.
  }
}

form.addEventListener("change", (event) => {
  if (NAMES.has(event.target.name)) update();
});
