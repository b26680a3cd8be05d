// What was searched for lately, kept in this browser alone and offered while the box is empty.

const KEPT = "backfile.searches";
const MOST = 6;

const box = document.querySelector("[data-box]");
const list = document.querySelector("[data-options]");
const shapes = document.querySelector("[data-recent]")?.content;

function searches() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? [];
  } catch {
    return []; // a browser that keeps nothing, or something else under our name
  }
}

function remember() {
  const words = box.value.trim();
  if (!words) return;
  const known = [words, ...searches().filter((other) => other !== words)];
  try {
    localStorage.setItem(KEPT, JSON.stringify(known.slice(0, MOST)));
  } catch { /* nothing is kept here */ }
}

function option(words, number) {
  const link = shapes.querySelector("a").cloneNode(true);
  link.id = `recent-${number}`;
  link.href = `${box.form.action}?${new URLSearchParams({ q: words })}`;
  link.firstElementChild.textContent = words;
  return link;
}

function offer() {
  const found = searches();
  list.replaceChildren(...found.map(option));
  if (found.length) list.append(shapes.querySelector("[data-forget]").cloneNode(true));
  htmx.process(list);
}

if (box && list && shapes) {
  box.form.addEventListener("submit", remember);
  addEventListener("click", ({ target }) => {
    if (target.closest?.("[data-result]")) remember();
    if (target.closest?.("[data-forget]")) localStorage.removeItem(KEPT);
  }, true);
  list.addEventListener("htmx:afterSwap", () => { if (!box.value) offer(); });
  for (const sign of ["click", "keydown"]) {
    box.addEventListener(sign, () => { if (!box.value && list.hidden) offer(); });
  }
}
