// What the reader has opened, begun to type or focused survives a swap of the results.

const edited = new Set(); // ids of fields typed into since the last request was sent
let kept;

const inside = (event) => event.detail.target?.id === "found" ? event.detail.target : null;

function remember(region) {
  const all = (selector) => [...region.querySelectorAll(selector)].filter((found) => found.id);
  return {
    open: all("details[open]").map(({ id }) => id),
    values: all("input").filter(({ id }) => edited.has(id)).map(({ id, value }) => [id, value]),
    focused: region.contains(document.activeElement),
  };
}

function restore({ open, values, focused }) {
  const by = (id) => document.getElementById(id);
  for (const id of open) by(id)?.setAttribute("open", "");
  for (const [id, value] of values) if (by(id)) by(id).value = value;
  // htmx gives the focus back to an element of the same id; here there is none any more.
  if (focused && document.activeElement === document.body) {
    by("results")?.focus({ preventScroll: true });
  }
}

addEventListener("input", (event) => edited.add(event.target.id));
addEventListener("htmx:beforeSend", (event) => { if (inside(event)) edited.clear(); });

addEventListener("htmx:beforeSwap", (event) => {
  if (inside(event) && event.detail.shouldSwap) kept = remember(inside(event));
});

addEventListener("htmx:afterSwap", () => {
  if (kept) restore(kept);
  kept = undefined;
});
