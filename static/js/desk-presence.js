// Says every half minute that the article is open here, and shows who else has it open.

const BEAT = 30_000; // milliseconds; archive/presence.py waits for three

const place = document.querySelector("[data-presence]");

if (place) {
  const address = place.dataset.presence;
  const sign = (more = {}) => {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    for (const [name, value] of Object.entries(more)) data.set(name, value);
    return data;
  };

  async function beat() {
    try {
      const answer = await fetch(address, { method: "POST", body: sign() });
      const others = answer.ok ? await answer.text() : "";
      // The same words written again would be said aloud again.
      if (others.trim() !== place.innerHTML.trim()) place.innerHTML = others;
    } catch { /* the next one may get through */ }
  }

  beat();
  setInterval(beat, BEAT);
  addEventListener("pagehide", () => navigator.sendBeacon(address, sign({ left: "1" })));
}
