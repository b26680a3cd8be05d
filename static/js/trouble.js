// When an answer does not come, the page says so instead of showing older results as if new.

const notice = document.querySelector("[data-trouble]");

const tell = (event) => {
  if (notice && event.detail.target?.id === "found") notice.hidden = false;
};

for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) addEventListener(name, tell);

addEventListener("htmx:afterSwap", (event) => {
  if (notice && event.detail.target?.id === "found") notice.hidden = true;
});
