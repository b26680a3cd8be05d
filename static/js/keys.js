// Single keys for those whose hands stay on the keyboard. They can be switched off, because who
// speaks to the computer, or types unsteadily, would press them by accident (WCAG 2.1.4).

const OFF = "backfile.keys-off";
const help = document.querySelector("[data-help]");
const box = document.querySelector("[data-box]");
const choice = help?.querySelector("[data-keys]");

function off() {
  try {
    return localStorage.getItem(OFF) !== null;
  } catch {
    return false; // a browser that keeps nothing
  }
}

const results = () => [...document.querySelectorAll("[data-result]")];

function step(by) {
  const all = results();
  const at = all.indexOf(document.activeElement);
  const next = at === -1 && by < 0 ? undefined : all[at + by];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

const keys = {
  "/": () => box?.select(),
  "?": () => help?.showModal(),
  j: () => step(1),
  k: () => step(-1),
};

const typing = (element) => element.matches?.("input:not([type=checkbox], [type=radio]), select, textarea");

addEventListener("keydown", (event) => {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
  if (!plain || !Object.hasOwn(keys, event.key) || off()) return;
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  keys[event.key]();
});

if (help) {
  choice.checked = !off();
  choice.addEventListener("change", () => {
    if (choice.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  });
  for (const opener of document.querySelectorAll("[data-open-help]")) {
    opener.hidden = false;
    opener.addEventListener("click", () => help.showModal());
  }
}
