// Copying a text (`data-copy`) and the device's own sheet (`data-share`). Their buttons are hidden
// in the page and appear where the browser can do what they say.

function copier(button) {
  const said = button.closest("[data-share-with]").querySelector("[data-said]");
  return async () => {
    said.textContent = ""; // or the same words said again would not be announced
    await navigator.clipboard.writeText(button.dataset.copy);
    said.textContent = said.dataset.said;
  };
}

async function share({ dataset }) {
  try {
    await navigator.share({ title: dataset.title, url: dataset.share });
  } catch (error) {
    if (error.name !== "AbortError") throw error; // the reader closed the sheet
  }
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", copier(button));
    button.hidden = false;
  }
}

if (navigator.share) {
  for (const button of document.querySelectorAll("[data-share]")) {
    button.addEventListener("click", () => share(button));
    button.hidden = false;
  }
}
