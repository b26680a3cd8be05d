"""The corpus: the same articles every time, and like those of a real archive."""

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise
from statistics import mean

import pytest
from django.utils import timezone

from benchmarks.analysed import GAP, analysed, terms_of
from benchmarks.corpus import CHUNK, FIRST_DAY, OUT_OF_ORDER, Corpus
from benchmarks.names import PEOPLE, people
from benchmarks.sentences import on_one_line, real_sentences, sample
from search.language.words import stem, tokens


@pytest.fixture(scope="module")
def articles(sentences):
    return list(Corpus(3 * CHUNK, sentences))


def test_the_same_articles_come_every_time(sentences):
    assert list(Corpus(50, sentences)) == list(Corpus(50, sentences))


def test_a_part_can_be_made_without_the_rest(sentences, articles):
    part = Corpus(len(articles), sentences).between(CHUNK - 1, CHUNK + 3)
    assert list(part) == articles[CHUNK - 2 : CHUNK + 2]


def test_ids_run_from_one_without_a_gap(articles):
    assert [article.id for article in articles] == list(range(1, len(articles) + 1))


def test_another_size_or_another_sentence_is_another_corpus(sentences):
    changed = replace(sentences, bodies=(*sentences.bodies, "One more."))
    keys = {Corpus(50, sentences).key, Corpus(51, sentences).key, Corpus(50, changed).key}
    assert len(keys) == 3


def test_bodies_are_as_long_as_those_of_real_articles(sentences, articles):
    lengths = [len(article.body.split("\n")) if article.body else 0 for article in articles]
    assert set(lengths) <= set(sentences.lengths)
    assert mean(lengths) == pytest.approx(mean(sentences.lengths), rel=0.05)


def test_days_are_the_newsrooms_own_and_span_thirty_years(articles):
    days = [timezone.localtime(article.published).date() for article in articles]
    assert days == [article.day for article in articles]
    assert min(days) >= FIRST_DAY
    assert max(days) <= date(2019, 12, 31)
    assert len({day.year for day in days}) == 30


def test_some_articles_arrive_out_of_order(articles):
    late = sum(before.day > after.day for before, after in pairwise(articles))
    assert 0.3 * OUT_OF_ORDER < late / len(articles) < 2 * OUT_OF_ORDER


def test_people_are_drawn_by_zipfs_law(articles):
    named = Counter(person.slug for article in articles for person in article.people)
    tenth = named[people()[9].slug]
    assert named.most_common(1)[0][0] == people()[0].slug
    assert 6 * tenth < named[people()[0].slug] < 12 * tenth  # ten times, less who is drawn twice
    assert max(len(article.people) for article in articles) <= 6


def test_every_person_has_a_name_of_their_own():
    assert len({person.slug for person in people()}) == PEOPLE


def test_without_the_shared_data_the_sample_archive_serves(settings, tmp_path, sentences):
    settings.BACKFILE_SHARED = tmp_path
    assert real_sentences() == sentences


def test_the_terms_are_those_that_backfile_makes_of_the_whole_text(articles):
    for article in articles[:100]:
        whole = [*tokens(f"{article.headline}\n{article.standfirst}\n{article.body}")]
        text, words = terms_of(article)
        assert set(text.split()) - {GAP} == {stem(token.term) for token in whole}
        assert set(words.split()) == {token.term for token in whole}


def test_words_stand_side_by_side_as_in_the_text_and_joined_terms_apart(articles):
    article = replace(
        articles[0], headline="B-52 bombers", standfirst="", body="Two came.\nOne left."
    )
    [found] = analysed([article])
    assert found.text == f"b 52 bomber {GAP} two came one left {GAP} b52"


def test_no_sentence_has_a_line_break(sentences):
    assert all(text == on_one_line(text) for text in (*sentences.headlines, *sentences.bodies))


def test_the_sample_archive_has_headlines_and_paragraphs(settings):
    headline, paragraphs = next(sample(settings.BASE_DIR / "sample" / "articles.jsonl"))
    assert headline
    assert len(paragraphs) > 1
