// The search box stands outside of what is swapped, so that typing is never disturbed. It follows
// the address when something else than typing has changed the words.

const box = document.querySelector("[data-box]");
let unsent = false; // typed, and not yet part of any request
let sent = "";

const isSearch = (event) => event.detail.target?.id === "found";

box?.addEventListener("input", () => { unsent = true; });

// A click or Enter overtakes what is still waiting for its delay: the address follows the click.
addEventListener("htmx:confirm", (event) => {
  if (!box || !isSearch(event)) return;
  if (event.detail.elt === box && !unsent) event.preventDefault();
  unsent = false;
});

addEventListener("htmx:beforeSend", (event) => {
  if (box && isSearch(event)) sent = box.value;
});

addEventListener("htmx:afterSettle", (event) => {
  if (!box || !isSearch(event) || event.detail.requestConfig.elt === box) return;
  if (box.value === sent) box.value = new URLSearchParams(location.search).get("q") ?? "";
});
