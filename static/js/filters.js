// On a narrow screen the filters are a dialog: the section itself is put into one.
// Without this script its link shows the section where it stands.

const wide = matchMedia("(width >= 56rem)");
let kept; // what the reader saw of the dialog before a swap

const sheet = () => document.getElementById("sheet");
const filters = () => document.getElementById("filters");

function open(section) {
  const dialog = document.createElement("dialog");
  dialog.id = dialog.className = "sheet";
  dialog.setAttribute("aria-labelledby", "filters-name");
  dialog.addEventListener("close", () => {
    dialog.replaceWith(section);
    document.getElementById(dialog.returnValue || "filters-open")?.focus();
  });
  section.replaceWith(dialog);
  dialog.append(section);
  dialog.showModal();
}

addEventListener("click", (event) => {
  const opener = event.target.closest?.("#filters-open");
  const closer = event.target.closest?.("[data-close]");
  if (opener) open(filters());
  else if (closer && sheet()) sheet().close(closer.dataset.close);
  else if (sheet() && event.target === sheet()) sheet().close(); // beside what it shows
  else return;
  event.preventDefault();
});

wide.addEventListener("change", () => sheet()?.close());

addEventListener("htmx:beforeSwap", (event) => {
  const { shouldSwap, target } = event.detail;
  if (shouldSwap && target?.id === "found" && sheet()) {
    kept = { top: sheet().scrollTop, focused: document.activeElement.id };
  }
});

addEventListener("htmx:afterSwap", () => {
  if (kept && filters()) {
    open(filters());
    document.getElementById(kept.focused)?.focus({ preventScroll: true });
    sheet().scrollTop = kept.top;
  }
  kept = undefined;
});
