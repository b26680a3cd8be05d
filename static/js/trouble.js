// When an answer does not come, the page says so instead of showing older results as if new.

const notice = document.querySelector("[data-trouble]");

const words = notice?.querySelector("p");
const usual = words?.textContent;

// Who asks too often (429) is told how long to wait, in the server's words.
const said = (request) =>
  request?.status === 429 && new DOMParser().parseFromString(request.responseText, "text/html").body.textContent.trim();

const tell = (event) => {
  if (!notice || event.detail.target?.id !== "found") return;
  words.textContent = said(event.detail.xhr) || usual;
  notice.hidden = false;
};

for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) addEventListener(name, tell);

addEventListener("htmx:afterSwap", (event) => {
  if (notice && event.detail.target?.id === "found") notice.hidden = true;
});
