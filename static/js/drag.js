// Dragging over the bars of the histogram picks their range of dates. A click stays a link.

const SLACK = 5; // pixels that a finger trembles

let start;
let picked = [];

const barAt = (x, bars) => bars.find((bar) => x <= bar.getBoundingClientRect().right) ?? bars.at(-1);

function pick(bars, from, to) {
  const [first, last] = [bars.indexOf(from), bars.indexOf(to)].sort((a, b) => a - b);
  picked = bars.slice(first, last + 1);
  for (const bar of bars) bar.toggleAttribute("data-picked", picked.includes(bar));
}

function clear() {
  for (const bar of picked) bar.removeAttribute("data-picked");
  start = undefined;
  picked = [];
}

addEventListener("pointerdown", (event) => {
  const chart = event.target.closest?.("[data-bars]");
  if (chart && event.button === 0) start = { x: event.clientX, bars: [...chart.children] };
});

addEventListener("pointermove", (event) => {
  if (!start) return;
  if (picked.length || Math.abs(event.clientX - start.x) > SLACK) {
    pick(start.bars, barAt(start.x, start.bars), barAt(event.clientX, start.bars));
  }
});

addEventListener("pointerup", () => {
  if (picked.length) {
    const [from, to] = [document.getElementById("from"), document.getElementById("to")];
    from.value = picked[0].dataset.first;
    to.value = picked.at(-1).dataset.last;
    to.dispatchEvent(new Event("change", { bubbles: true }));
  }
  clear();
});

addEventListener("pointercancel", clear);
addEventListener("keydown", (event) => { if (event.key === "Escape") clear(); });
