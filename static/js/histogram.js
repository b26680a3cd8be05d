// The bars of the histogram. Dragging over them picks their range of dates, and so do the arrow keys
// with Shift; a click stays a link. With the arrow keys alone one moves along the bars, which are
// one stop of the Tab key.

const SLACK = 5; // pixels that a finger trembles

let drag; // where the pointer went down: { chart, x, moved, over }
let anchor; // the bar where the keys began to pick
let picked = [];
let within = false; // was the focus on a bar when the answer came?

const chartOf = (element) => element?.closest?.("[data-bars]");
const links = (chart) => [...chart.querySelectorAll("a")];
const output = () => document.querySelector("[data-range]");

function barAt(chart, x) {
  const distance = (bar) => {
    const { left, right } = bar.getBoundingClientRect();
    return Math.max(left - x, x - right, 0);
  };
  return [...chart.children].reduce((a, b) => (distance(b) < distance(a) ? b : a));
}

// "2009" or "2009-12" or "2009-12-17": the first day that it stands for, or the last.
const firstDay = (text) => new Date(`${text}${"-01-01".slice(text.length - 4)}T00:00Z`);
function lastDay(text) {
  const day = firstDay(text);
  if (text.length < 10) day.setUTCMonth(text.length < 7 ? 12 : day.getUTCMonth() + 1, 0);
  return day;
}

function inWords(first, last) {
  const exact = Math.max(first.length, last.length);
  const parts = {
    year: "numeric",
    month: exact > 4 ? "long" : undefined,
    day: exact > 7 ? "numeric" : undefined,
  };
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { ...parts, timeZone: "UTC" });
  return format.formatRange(firstDay(first), lastDay(last));
}

function say() {
  const said = output();
  said.hidden = !picked.length;
  if (said.hidden) return;
  const count = picked.reduce((sum, bar) => sum + Number(bar.dataset.count), 0);
  const range = inWords(picked[0].dataset.first, picked.at(-1).dataset.last);
  said.value = `${range}: ${new Intl.NumberFormat(document.documentElement.lang).format(count)}`;
}

function pick(from, to) {
  const bars = [...from.parentElement.children];
  const [first, last] = [bars.indexOf(from), bars.indexOf(to)].sort((a, b) => a - b);
  picked = bars.slice(first, last + 1);
  for (const bar of bars) bar.toggleAttribute("data-picked", picked.includes(bar));
  from.parentElement.toggleAttribute("data-picking", true);
  say();
}

function letGo() {
  if (drag) drag.over = true;
  for (const bar of picked) {
    bar.removeAttribute("data-picked");
    bar.parentElement?.removeAttribute("data-picking");
  }
  anchor = undefined;
  picked = [];
  if (output()) say();
}

function search() {
  const [from, to] = [document.getElementById("from"), document.getElementById("to")];
  from.value = picked[0].dataset.first;
  to.value = picked.at(-1).dataset.last;
  to.dispatchEvent(new Event("change", { bubbles: true }));
  letGo();
}

addEventListener("pointerdown", (event) => {
  const chart = chartOf(event.target);
  letGo();
  drag = chart && event.button === 0 ? { chart, x: event.clientX } : undefined;
});

addEventListener("pointermove", (event) => {
  if (!drag || drag.over || !event.buttons) return;
  drag.moved ||= Math.abs(event.clientX - drag.x) > SLACK;
  if (drag.moved) pick(barAt(drag.chart, drag.x), barAt(drag.chart, event.clientX));
});

addEventListener("pointerup", () => {
  if (picked.length) search();
});

addEventListener("pointercancel", letGo);

// Where a drag ends on the bar that it began on, the browser makes a click of it as well.
addEventListener("click", (event) => {
  if (drag?.moved && event.detail && chartOf(event.target)) {
    event.preventDefault();
    event.stopPropagation();
  }
}, true);

function neighbour(link, key) {
  const all = links(chartOf(link));
  const forward = getComputedStyle(link).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const backward = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
  const at = all.indexOf(link);
  return { [forward]: all[at + 1] ?? link, [backward]: all[at - 1] ?? link, Home: all[0], End: all.at(-1) }[key];
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape") letGo();
  const link = event.target.closest?.("[data-bars] a");
  if (!link || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Enter" && picked.length) {
    event.preventDefault();
    search();
    return;
  }
  const to = neighbour(link, event.key);
  if (!to) return;
  event.preventDefault();
  to.focus();
  if (!event.shiftKey) {
    letGo();
    return;
  }
  anchor ??= link.parentElement;
  pick(anchor, to.parentElement);
});

function oneStop(chart, current) {
  for (const link of links(chart)) link.tabIndex = link === current ? 0 : -1;
}

function begin() {
  const chart = document.querySelector("[data-bars]");
  if (!chart) return;
  chart.setAttribute("aria-describedby", "bars-keys");
  oneStop(chart, links(chart).find((link) => link === document.activeElement) ?? links(chart)[0]);
}

addEventListener("focusin", ({ target }) => {
  const chart = chartOf(target);
  if (chart && target.matches("a")) oneStop(chart, target);
});

addEventListener("htmx:beforeSwap", () => { within = Boolean(chartOf(document.activeElement)); });

// Who went into a bar is on the first of those that it is made of. (This listens before keep.js does,
// which takes a focus that is nowhere to the results.)
addEventListener("htmx:afterSwap", () => {
  if (within && document.activeElement === document.body) {
    document.querySelector("[data-bars] a")?.focus({ preventScroll: true });
  }
  begin();
});

addEventListener("htmx:historyRestore", begin);
begin();
