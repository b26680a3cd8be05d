"""Words near each other are found as by looking at every place."""

from collections.abc import Iterator
from pathlib import Path
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

FEW = st.sampled_from("bcdef")
TEXTS = st.lists(FEW, max_size=20).map(" ".join)
ARCHIVES = st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=8)


@pytest.fixture(scope="module", autouse=True)
def few_at_a_time() -> Iterator[None]:
    with patch.object(phrases, "_STRIDE", 3):
        yield


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("phrases") / "one.arrays"


@given(
    ARCHIVES,
    st.lists(FEW, min_size=1, max_size=4),
    st.integers(0, 30),
    st.tuples(*[st.floats(0, 1)] * 2),
)
@settings(deadline=None)
def test_words_are_found_near_each_other(
    path: Path,
    archive: list[tuple[str, str]],
    words: list[str],
    gap: int,
    part: tuple[float, float],
) -> None:
    documents = [
        document(id, headline=headline, body=body, published=None)
        for id, (headline, body) in enumerate(archive)
    ]
    path.unlink(missing_ok=True)
    field = segment_of(path, documents).fields["text"]
    numbers = [field.terms.number(word.encode()) for word in words]
    if None in numbers:
        return
    first, last = sorted(round(at * len(documents)) for at in part)
    with scratch() as lent:
        window = Window(len(documents), first, last, lent)
        found = window.listed(near(field, numbers, gap, window)).docs().tolist()
    wanted = [stand_near(one, None, tuple(words), gap) for one in documents]
    assert found == [doc for doc in range(first, last) if wanted[doc]]
