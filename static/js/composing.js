// An unfinished word of an input method (Japanese, Chinese, dead keys) is nobody's search yet.

let composing = false;

addEventListener("compositionstart", () => { composing = true; }, true);

addEventListener("compositionend", (event) => {
  composing = false;
  // Browsers send their last input event before the composition ends.
  event.target.dispatchEvent(new Event("input", { bubbles: true }));
}, true);

addEventListener("input", (event) => {
  if (composing) event.stopImmediatePropagation();
}, true);

// What was typed just before may still be waiting for its delay.
addEventListener("htmx:confirm", (event) => {
  if (composing) event.preventDefault();
});
