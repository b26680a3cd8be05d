// Suggestions under the search box, after the ARIA combobox pattern with a listbox of links.

const box = document.querySelector("[data-combobox] input");
const list = document.querySelector("[data-options]");

if (box && list) {
  let wanted = false; // typed since the list was last closed
  let current = -1;

  const options = () => [...list.querySelectorAll("[role=option]")];

  const point = (to) => {
    current = to;
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === to)));
    const active = options()[to];
    if (active) box.setAttribute("aria-activedescendant", active.id);
    else box.removeAttribute("aria-activedescendant");
  };

  const show = (open) => {
    list.hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    point(-1);
  };

  const close = () => {
    wanted = false;
    show(false);
  };

  const move = (step) => {
    const places = options().length + 1; // one of them is the box itself
    if (list.hidden) show(places > 1);
    else point(((current + 1 + step + places) % places) - 1);
  };

  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Escape: close,
  };

  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  show(false);

  box.addEventListener("input", () => { wanted = true; });
  box.addEventListener("click", () => { if (!box.value) show(options().length > 0); });
  box.addEventListener("blur", close);
  box.form.addEventListener("submit", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", close);
  list.addEventListener("htmx:afterSwap", () => show(wanted && options().length > 0));

  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const chosen = options()[current];
    if (event.key === "Enter" && chosen) {
      event.preventDefault();
      chosen.click();
    } else if (event.key in keys && options().length && (event.key !== "Escape" || !list.hidden)) {
      event.preventDefault();
      keys[event.key]();
    }
  });
}
