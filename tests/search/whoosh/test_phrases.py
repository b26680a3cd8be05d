"""Words near each other are found as by looking at every place."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.whoosh import phrases
from search.engines.whoosh.algebra import Window
from search.engines.whoosh.phrases import near
from search.engines.whoosh.scratch import scratch
from tests.search.contract.oracle import stand_near
from tests.search.contract.shelves import document
from tests.search.whoosh.naive import segment_of

LETTERS = "bcdefghj"


def text(chance: Random) -> str:
    return " ".join(chance.choices(LETTERS, k=chance.randint(2, 20)))


@pytest.fixture(scope="module", autouse=True)
def few_at_a_time() -> Iterator[None]:
    with patch.object(phrases, "_STRIDE", 3):
        yield


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("phrases") / "one.arrays"


@given(st.randoms(use_true_random=True))
@settings(deadline=None, max_examples=300)
def test_words_are_found_near_each_other(path: Path, chance: Random) -> None:
    documents = [
        document(id, headline=text(chance), body=text(chance), published=None)
        for id in range(chance.randint(2, 6))
    ]
    words = tuple(chance.choices(LETTERS, k=chance.randint(2, 4)))
    gap = chance.choice([0, 0, 1, 2, 3, 9, 30])
    first, last = chance.choice([(0, len(documents)), (1, 2)])
    path.unlink(missing_ok=True)
    field = segment_of(path, documents).fields["text"]
    numbers = [field.terms.number(word.encode()) for word in words]
    if None in numbers:
        return
    with scratch() as lent:
        window = Window(len(documents), first, last, lent)
        found = window.listed(near(field, numbers, gap, window)).docs().tolist()
    wanted = [stand_near(one, None, words, gap) for one in documents]
    assert found == [doc for doc in range(first, last) if wanted[doc]]
