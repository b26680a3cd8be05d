"""Stories of our own invention, and the same ones changed a little."""

import pytest

from archive.models import Duplicate

FERRY = (
    "The last ferry from Sallowside left without its captain on Tuesday evening. Una Carrow, the "
    "harbour master, said the boat had drifted for nearly two miles before anybody noticed that "
    "the wheelhouse was empty. A deckhand of nineteen steered it home by the lights of the fish "
    "market, and was given a week of holidays and a new pair of boots by the town council."
)
BRIDGE = (
    "The harbour bridge was opened at last, eight years after its first stone was laid and three "
    "after the money ran out. The mayor cut a ribbon that had been cut twice before. Nobody fell "
    "in, which the engineers of the town called a success, and the band played until the rain."
)


@pytest.fixture
def stories() -> tuple[str, str]:
    return FERRY, BRIDGE


@pytest.fixture
def pairs():
    """The ids of the pairs that there are, with their states."""

    def read() -> dict[tuple[int, int], str]:
        return {(pair.one_id, pair.other_id): pair.state for pair in Duplicate.objects.all()}

    return read
