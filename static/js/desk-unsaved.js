// Leaving the form of an article asks first, where something would be lost.

const writing = document.querySelector("[data-writing]");

if (writing) {
  const form = writing.closest("form");
  // Files by their names, the rest as it would be sent.
  const content = () =>
    JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value.name ?? value]));
  const cameBack = "unsaved" in writing.dataset; // with errors: nothing of it was saved
  let saved = content();
  let sending = false;

  // The fields that other scripts set up are as they will be by then.
  addEventListener("load", () => setTimeout(() => { saved = content(); }));
  form.addEventListener("submit", () => { sending = true; });
  addEventListener("pageshow", () => { sending = false; });
  addEventListener("beforeunload", (event) => {
    if (!sending && (cameBack || content() !== saved)) event.preventDefault();
  });
}
