"""The Courier's podcasts: who says what in each recording, and how it is spoken."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

# Voices of espeak-ng.
JEM, CAPTAIN, LIBRARIAN = "en-gb+f3", "en-gb-scotland", "en-gb-x-rp"
CANON, MAYOR, CHALLENGER = "en-gb-x-rp", "en-gb-scotland+f2", "en-gb"

BULLETINS = {
    "podcast-2006-first-edition": [
        (
            JEM,
            "Good morning. This is the Port Almond Courier, and for once you do not have to "
            "hold it. I am Jem Pascoe. High water at the Customs House is at ten past four, and "
            "it will stay on its own side of the wall. The Silver Band have asked me to say "
            "that the pause in our tune is intentional.",
        ),
        (
            CAPTAIN,
            "White to move, and win. White has a king, a rook, and patience. Black has a king "
            "and a bishop, and regrets. You must see it in the dark. It is good practice for "
            "being old.",
        ),
        (JEM, "That was Captain Velkhanov. The answer, next Saturday at ten."),
    ],
    "podcast-2007-agnes-moyle": [
        (
            JEM,
            "It is the fourteenth of March, it is blowing, and I am standing in the middle of "
            "the bridge. Until noon it had no name. Now it is the Agnes Moyle Bridge. Mr "
            "Lanyon, who was she?",
        ),
        (
            LIBRARIAN,
            "She rowed the ferry. In February nineteen eleven she took her brother's oar in the "
            "lifeboat, and nine men came home. She was paid seven shillings, and one for the "
            "hat.",
        ),
        (JEM, "And the note that we can hear?"),
        (LIBRARIAN, "That, Miss Pascoe, is the bridge. It is A flat. It has grown up."),
    ],
    "podcast-2008-velkhanov": [
        (
            JEM,
            "Captain Velkhanov, you came here in nineteen ninety-one for water and a pump.",
        ),
        (
            CAPTAIN,
            "Yes. I was captain of a small, cold town. We had thirteen tonnes of squid. The "
            "women of the cannery came down to the pier, with blankets. I had nothing to give "
            "them but the squid. They took it. They said that it was lovely. I have since lived "
            "here a long time, and I know now what that word means.",
        ),
        (JEM, "Do you ever think about the sea?"),
        (CAPTAIN, "Every day. It is where I keep my youth."),
    ],
    "podcast-2009-hustings": [
        (CANON, "Two minutes each. I have brought the bell. Mr Penhallick."),
        (
            CHALLENGER,
            "Four years ago I went round telling people what the town could look like. This "
            "time I asked where the damp was. Three hundred homes to rent, on the cannery site. "
            "Somebody must build them, and somebody must hold his other arm.",
        ),
        (CANON, "Thank you. Mayor Skerrow. What do you regret?"),
        (MAYOR, "That I've stopped taking the bus."),
        (CANON, "And that is inside the time. I hardly know what to do with my hand."),
    ],
}

A_FLAT = ["synth", "1.6", "pluck", "Ab3", "synth", "1.6", "pluck", "mix", "Ab4", "fade", "0", "1.6"]


def speak(name: str, folder: Path) -> None:
    """Record one bulletin, after the note that the bridge hums in a west wind."""
    with tempfile.TemporaryDirectory() as scratch:
        waves = [f"{scratch}/{place}.wav" for place in range(len(BULLETINS[name]) + 1)]
        _run("sox", "-n", "-r", "22050", "-c", "1", waves[0], *A_FLAT)
        for (voice, words), wave in zip(BULLETINS[name], waves[1:], strict=True):
            _run("espeak-ng", "-v", voice, "-s", "150", "-g", "2", "-w", wave, words)
        ogg = str(folder / f"{name}.ogg")
        _run("sox", *waves, "-r", "16000", "-C", "0", ogg, "norm", "-3", "pad", "0", "0.5")


def _run(*command: str) -> None:
    subprocess.run(command, check=True)  # noqa: S603 - the commands are all written above
