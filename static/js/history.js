// One step back undoes one thing: a burst of typing is one entry in the history, a click is one.

const box = document.querySelector("[data-box]");
let typing = false;

box?.addEventListener("change", () => { typing = false; }); // left with Enter or for another field

addEventListener("htmx:beforeHistoryUpdate", (event) => {
  const { history, requestConfig } = event.detail;
  if (history.path === location.pathname + location.search) {
    history.type = "replace";
    return;
  }
  const typed = requestConfig.elt === box;
  if (typed && typing) history.type = "replace";
  typing = typed;
});
