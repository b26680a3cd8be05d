"""The queries: five of each kind, chosen for how many articles they find."""

from collections import Counter

from benchmarks.analysed import analysed
from benchmarks.frequencies import EXPANSION
from benchmarks.peers.base import stems_of
from benchmarks.queries import Kind, sixty
from search.language.tree import words_of


def frequency(corpus, word):
    """The share of the articles that have the word."""
    [wanted] = stems_of(word.text)
    return sum(wanted in article.text.split() for article in analysed(corpus)) / len(corpus)


def of(queries, kind):
    return [query for query in queries if query.kind is kind]


def test_there_are_five_of_each_of_twelve_kinds(queries):
    assert Counter(query.kind for query in queries) == dict.fromkeys(Kind, 5)
    assert len(Kind) == 12


def test_the_same_corpus_has_the_same_queries(corpus, queries):
    assert sixty(corpus) == queries


def test_what_is_asked_is_understood_without_remark(queries):
    assert [query for query in queries if query.request.query.notes] == []


def test_common_words_are_in_more_than_a_tenth_of_the_articles(corpus, queries):
    for query in of(queries, Kind.COMMON):
        [word] = words_of(query.request.query.tree)
        assert frequency(corpus, word) > 0.1


def test_rare_words_are_in_the_fewest_articles_that_a_word_can_be_in(corpus, queries):
    for query in of(queries, Kind.RARE):
        [word] = words_of(query.request.query.tree)
        assert frequency(corpus, word) == 1 / len(corpus)


def test_no_word_is_asked_for_twice(queries):
    texts = [word.text for query in queries for word in words_of(query.request.query.tree)]
    assert len(texts) == len(set(texts))


def test_a_beginning_stands_for_many_words_and_fewer_than_any_engine_stops_at(corpus, queries):
    vocabulary = {word for article in analysed(corpus) for word in article.words.split()}
    for query in of(queries, Kind.PREFIX):
        [prefix] = words_of(query.request.query.tree)
        words = [word for word in vocabulary if word.startswith(prefix.text)]
        assert EXPANSION.start <= len(words) < EXPANSION.stop


def test_a_chosen_person_counts_within_the_whole_query(queries):
    assert all(query.request.all_people for query in queries)
