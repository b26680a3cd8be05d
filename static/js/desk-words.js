// How long a text is, while it is written. What is seen follows each letter; what is said aloud
// waits for a pause. Counted as in archive/admin/fields.py.

const PAUSE = 2_000; // milliseconds

const words = (text) => text.split(/\s+/).filter((part) => /[\p{L}\p{N}]/u.test(part)).length;
const paragraphs = (text) => text.split("\n\n").filter((part) => part.trim()).length;

for (const place of document.querySelectorAll("[data-count-of]")) {
  const text = document.getElementById(place.dataset.countOf);
  const shown = place.querySelector("[data-shown]");
  const said = place.querySelector("[role=status]");
  let pause;

  text.addEventListener("input", () => {
    shown.querySelector("[data-words]").textContent = words(text.value);
    shown.querySelector("[data-paragraphs]").textContent = paragraphs(text.value);
    clearTimeout(pause);
    pause = setTimeout(() => { said.textContent = shown.textContent; }, PAUSE);
  });
}
