"""Slugs are made once, for every script, and never twice the same."""

import pytest
from django.core.validators import validate_unicode_slug
from hypothesis import given
from hypothesis import strategies as st

from archive.models import Tag
from archive.slugs import LONGEST, free_slug, unique_slug


def test_a_name_keeps_its_script_and_accents():
    assert unique_slug("Tomás Almeida", set()) == "tomás-almeida"
    assert unique_slug("Анна Каренина", set()) == "анна-каренина"


def test_whoever_comes_later_gets_a_number():
    assert unique_slug("Ann Vale", {"ann-vale", "ann-vale-2"}) == "ann-vale-3"


def test_a_name_without_letters_has_a_slug_too():
    assert unique_slug("!?", set()) == "unnamed"


@given(name=st.text(), earlier=st.integers(0, 12))
def test_every_name_has_a_free_slug_that_django_accepts(name: str, earlier: int):
    taken: set[str] = set()
    for _ in range(earlier):
        taken.add(unique_slug(name, taken))
    slug = unique_slug(name, taken)
    assert slug not in taken
    assert len(slug) <= LONGEST
    assert len(taken) == earlier
    validate_unicode_slug(slug)


@pytest.mark.django_db
def test_the_rows_of_a_table_decide_which_slugs_are_free():
    Tag.objects.create(name="Harbour", slug="harbour")
    assert free_slug(Tag, "harbour!") == "harbour-2"


@pytest.mark.django_db
def test_a_long_slug_with_a_number_meets_no_other():
    for number in range(1, 12):
        Tag.objects.create(name=f"{number}", slug=free_slug(Tag, "x" * 300))
    assert Tag.objects.count() == 11
