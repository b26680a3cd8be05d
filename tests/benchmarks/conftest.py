"""A small corpus of the sample archive's sentences, and its queries."""

import pytest
from django.conf import settings

from benchmarks.corpus import Corpus
from benchmarks.queries import Query, sixty
from benchmarks.sentences import Sentences, collected, sample


@pytest.fixture(scope="package")
def sentences() -> Sentences:
    file = settings.BASE_DIR / "sample" / "articles.jsonl"
    return collected("the sample archive", sample(file))


@pytest.fixture(scope="package")
def corpus(sentences) -> Corpus:
    return Corpus(300, sentences)


@pytest.fixture(scope="package")
def queries(corpus) -> tuple[Query, ...]:
    return sixty(corpus)
