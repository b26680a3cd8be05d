// Light or dark: as the device says, unless the reader chose. No module, so that it runs before
// anything is drawn, and nothing flashes. The choice stays in this browser, under the name that the
// editors' desk keeps its own by: who chooses in one place has chosen in both.

(() => {
  const KEPT = "theme";
  const DEVICE = "auto";

  function kept() {
    try {
      return localStorage.getItem(KEPT) ?? DEVICE;
    } catch {
      return DEVICE; // a browser that keeps nothing
    }
  }

  function show(theme) {
    document.documentElement.dataset.theme = theme;
    for (const button of document.querySelectorAll("[data-themes] button")) {
      button.setAttribute("aria-pressed", String(button.value === theme));
    }
  }

  function choose({ target }) {
    show(target.value);
    try {
      localStorage.setItem(KEPT, target.value);
    } catch { /* it holds for this page */ }
  }

  show(kept());
  addEventListener("storage", () => show(kept())); // chosen in another tab
  addEventListener("pageshow", () => show(kept())); // chosen on a page that one came back from
  addEventListener("DOMContentLoaded", () => {
    const themes = document.querySelector("[data-themes]");
    if (!themes) return;
    for (const button of themes.children) button.addEventListener("click", choose);
    themes.hidden = false;
    show(kept());
  });
})();
