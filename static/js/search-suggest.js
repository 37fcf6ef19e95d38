/* Offers titles while somebody types in a search field; without it the form searches all the same.
   The pattern is a combobox with a list: the focus stays in the field, arrows move through the list. */

const WAIT_MS = 150;
const SHORTEST = 2;

function make(tag, attributes) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

class Suggestions {
  constructor(field) {
    this.field = field;
    this.address = field.dataset.suggestions;
    this.options = [];
    this.current = -1;
    this.running = new AbortController();
    const id = `${field.id}-suggestions`;
    this.list = make("div", { role: "listbox", id, class: "suggestions", "aria-label": "Suggestions" });
    this.list.hidden = true;
    this.status = make("div", { role: "status", class: "visually-hidden" });
    field.parentElement.append(this.list, this.status);
    const rest = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id };
    for (const [name, value] of Object.entries(rest)) field.setAttribute(name, value);
    field.addEventListener("input", () => this.ask());
    field.addEventListener("keydown", (event) => this.press(event));
    field.addEventListener("blur", () => this.close());
  }

  ask() {
    clearTimeout(this.timer);
    this.running.abort();
    const typed = this.field.value.trim();
    if (typed.length < SHORTEST) this.close();
    else this.timer = setTimeout(() => this.fetch(typed), WAIT_MS);
  }

  async fetch(typed) {
    this.running = new AbortController();
    try {
      const query = new URLSearchParams({ q: typed });
      const response = await fetch(`${this.address}?${query}`, { signal: this.running.signal });
      if (response.ok) this.show(await response.json());
    } catch {
      // Overtaken by more typing, or no network: the form is still there.
    }
  }

  show(found) {
    if (document.activeElement !== this.field) return;
    this.options = found.map((each, place) => this.option(each, place));
    this.list.replaceChildren(...this.options);
    this.list.hidden = found.length === 0;
    this.field.setAttribute("aria-expanded", String(found.length > 0));
    this.mark(-1);
    const words = found.length === 1 ? "1 suggestion" : `${found.length} suggestions`;
    this.status.textContent = found.length ? words : "No suggestions";
  }

  option({ title, kind, address }, place) {
    const id = `${this.list.id}-${place}`;
    const option = make("div", { role: "option", id, class: "suggestions__option", "aria-selected": "false" });
    const name = make("span", {});
    name.textContent = title;
    const label = make("small", {});
    label.textContent = kind;
    option.append(name, " ", label);
    option.dataset.address = address;
    // The focus must not leave the field before the click arrives.
    option.addEventListener("pointerdown", (event) => event.preventDefault());
    option.addEventListener("click", () => this.open(option));
    return option;
  }

  press(event) {
    if (event.isComposing) return;
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (isOpen) this.move(event.key === "ArrowDown" ? 1 : -1);
      else this.ask();
    } else if (event.key === "Escape" && isOpen) {
      // The first press closes the list and keeps the words.
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && isOpen && this.current >= 0) {
      event.preventDefault();
      this.open(this.options[this.current]);
    } else if (event.key === "Tab") {
      this.close();
    }
  }

  /* Beyond either end lies the field itself, with nothing marked. */
  move(step) {
    const places = this.options.length + 1;
    this.mark(((this.current + 1 + step + places) % places) - 1);
  }

  mark(place) {
    this.current = place;
    this.options.forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    const option = this.options[place];
    if (option) {
      this.field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else this.field.removeAttribute("aria-activedescendant");
  }

  open(option) {
    window.location.assign(option.dataset.address);
  }

  close() {
    clearTimeout(this.timer);
    this.running.abort();
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }
}

for (const field of document.querySelectorAll("[data-suggestions]")) new Suggestions(field);
