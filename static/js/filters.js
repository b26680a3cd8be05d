// On a narrow screen the filters are a dialog: the section itself is put into one.
// Without this script its link shows the section where it stands.

const wide = matchMedia("(width >= 56rem)");
let kept; // what the reader saw of the dialog before a swap

const sheet = () => document.querySelector("dialog[data-sheet]");

function open() {
  const filters = document.querySelector("[data-filters]");
  const dialog = document.createElement("dialog");
  dialog.className = "sheet";
  dialog.dataset.sheet = "";
  dialog.setAttribute("aria-labelledby", "filters-name");
  dialog.addEventListener("close", () => {
    dialog.replaceWith(filters);
    document.getElementById(dialog.returnValue || "filters-open")?.focus();
  });
  filters.replaceWith(dialog);
  dialog.append(filters);
  dialog.showModal();
  return dialog;
}

addEventListener("click", (event) => {
  if (!event.target.closest) return;
  const closer = event.target.closest("[data-close]");
  if (event.target.closest("#filters-open")) {
    event.preventDefault();
    open();
  } else if (closer && sheet()) {
    event.preventDefault();
    sheet().close(closer.dataset.close);
  } else if (event.target === sheet()) {
    sheet().close(); // what is around a dialog is part of it
  }
});

wide.addEventListener("change", () => sheet()?.close());

addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target?.id === "found" && sheet()) {
    kept = { top: sheet().scrollTop, focused: document.activeElement.id };
  }
});

addEventListener("htmx:afterSwap", () => {
  if (!kept) return;
  const { top, focused } = kept;
  kept = undefined;
  const dialog = open();
  document.getElementById(focused)?.focus({ preventScroll: true });
  dialog.scrollTop = top;
});
