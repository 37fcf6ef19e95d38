/* Writes the number of things in the cart beside the cart link; the link works without it. */

function readCount() {
  const match = document.cookie.match(/(?:^|;\s*)cart_count=(\d{1,4})(?:;|$)/);
  return match ? Number(match[1]) : 0;
}

function showCount() {
  const count = readCount();
  for (const place of document.querySelectorAll("[data-cart-count]")) {
    place.hidden = count === 0;
    place.textContent = String(count);
    const words = document.createElement("span");
    words.className = "visually-hidden";
    words.textContent = count === 1 ? " item" : " items";
    place.append(words);
  }
}

showCount();
// A page that comes back from the browser's memory still shows the old number.
window.addEventListener("pageshow", (event) => event.persisted && showCount());
