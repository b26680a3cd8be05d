"""The leak matrix: with secret articles in the archive, every public answer is as without them.

Byte for byte, which is more than that their words are missing: no count, no order, no suggestion
and no "not found" may differ. Each surface is also held against the same articles when they are
public, where the answer must differ: one that cannot tell would prove nothing.

`python3 dev.py faults leaks` asks for each word by itself, as everybody.
"""

import pytest

from tests.leaks.canaries import BEGINNING
from tests.leaks.desk import leaked_at_the_desk
from tests.leaks.matrix import OTHERWISE, leaks, report
from tests.leaks.scenario import Story, story
from tests.leaks.surfaces import TELL_NOTHING, views, views_asked

# Beside these fields of an article, readers are shown none, not even of a public one.
SHOWN = {
    *(f"article.{name}" for name in ("headline", "standfirst", "body", "byline", "place")),
    *(f"article.{name}" for name in ("external_id", "language", "rights", "url")),
    *("correction.text", "quotation.text"),
    *(f"media.{name}" for name in ("title", "caption", "credit", "alt", "file", "url")),
    *(f"person.{name}" for name in ("name", "slug", "note", "wikidata")),
    *("personalias.name", "personlink.title", "personlink.url"),
    *(f"relatedarticle.{name}" for name in ("title", "external_id", "url")),
    *(f"{kind}.{name}" for kind in ("section", "source", "tag") for name in ("name", "slug")),
    "source.url",
}
ASKED_OTHERWISE = {"set_language"}  # a form, which shows nothing


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker, tmp_path_factory) -> Story:
    with django_db_blocker.unblock():
        return story(tmp_path_factory.mktemp("leaks"))


@pytest.mark.django_db
def test_no_answer_changes_for_what_is_kept_from_the_public(told):
    assert report(told.leaked) == ""


@pytest.mark.django_db
def test_every_surface_would_tell_of_an_article_that_is_public(told):
    silent = {name for name, answer in told.before.items() if told.published[name] == answer}
    assert {name for name in silent if not name.startswith((*TELL_NOTHING, "/preview/"))} == set()


@pytest.mark.django_db
def test_readers_are_shown_the_fields_of_a_public_article_and_nothing_the_desk_keeps(told):
    shown = {leak.field for leak in leaks("", told.before, told.published)} - {OTHERWISE}
    assert shown == SHOWN


def test_every_public_page_is_among_the_surfaces():
    assert set(views()) - views_asked() == ASKED_OTHERWISE


def test_a_canary_is_no_word_of_any_language():
    assert BEGINNING.startswith("qz")


@pytest.mark.django_db
def test_what_others_have_under_an_embargo_is_nowhere_at_a_contributors_desk(tmp_path):
    assert report(leaked_at_the_desk(tmp_path)) == ""
