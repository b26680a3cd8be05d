"""Which names are alike, and that the queue is filled once, in parts, with nothing decided."""

from io import StringIO
from itertools import combinations

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from archive.identity import decision_undo, duplicates, person_keep_apart, person_merge
from archive.identity.resemblance import clues, resemblance
from archive.models import Likeness, Person
from tests.factories import PersonFactory


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Anders Rasmussen", "Anders Fogh Rasmussen", "middle"),
        ("Anders F. Rasmussen", "Anders Fogh Rasmussen", "middle"),
        ("Dmitri Medvedev", "Dmitry Medvedev", "spelling"),
        ("Dmitry Medvedyev", "Dmitry Medvedev", "slip"),
        ("Bob Dole", "Robert Dole", "nickname"),
        ("Bobby Dole", "Bob Dole", "nickname"),
        ("J. Major", "John Major", "initial"),
        ("George W. Bush", "George H. W. Bush", None),
        ("Robert Kennedy Jr", "Robert Kennedy", None),
        ("Jean Smith", "Joan Smith", None),
        ("Ann Clinton", "Ann Clintons", None),
        ("Ann Vale", "Ben Roy", None),
        ("Bush", "George Bush", None),
        ("", "", None),
    ],
)
def test_names_are_alike_for_a_reason(one, other, reason):
    assert resemblance(one, other) == resemblance(other, one) == reason


NAMES = st.lists(
    st.text(alphabet="abcdeé .-’", max_size=9) | st.sampled_from(["Bob", "Robert", "Dmitri", "Jr"]),
    max_size=4,
).map(" ".join)


@given(NAMES, NAMES)
def test_what_is_alike_shares_a_clue(one, other):
    if resemblance(one, other):
        assert clues(one) & clues(other)


@pytest.mark.django_db
class TestFilling:
    def pairs(self) -> list[str]:
        return sorted(str(likeness) for likeness in Likeness.objects.all())

    def test_the_queue_has_each_pair_once_however_often_it_is_filled(self):
        for name in ("Dmitri Medvedev", "Dmitry Medvedev", "Ann Vale"):
            PersonFactory(name=name)
        out = StringIO()
        for _ in range(2):
            call_command("find_duplicate_people", stdout=out)
        assert self.pairs() == ["Dmitri Medvedev – Dmitry Medvedev"]
        assert out.getvalue().splitlines() == [
            "3 people compared: 1 new pairs; 1 wait.",
            "0 people compared: 0 new pairs; 1 wait.",
        ]

    def test_a_new_name_is_compared_with_the_old_ones(self):
        PersonFactory(name="Dmitri Medvedev")
        call_command("find_duplicate_people", stdout=StringIO())
        PersonFactory(name="Dmitry Medvedev")
        call_command("find_duplicate_people", stdout=StringIO())
        assert self.pairs() == ["Dmitri Medvedev – Dmitry Medvedev"]

    def test_interrupted_it_goes_on_where_it_was(self, monkeypatch):
        for name in ("Ann Abernathy", "Anna Abernathy", "Dmitri Medvedev", "Dmitry Medvedev"):
            PersonFactory(name=name)
        duplicates.look_at("a")
        assert duplicates.letters_to_look_at() == ["m"]

    def test_those_who_are_kept_apart_do_not_come_back_until_that_is_undone(self):
        chief = User.objects.create_superuser("chief")
        one, other = PersonFactory(name="Dmitri Medvedev"), PersonFactory(name="Dmitry Medvedev")
        decision = person_keep_apart(one=one, other=other, by=chief)
        Person.objects.update(compared=False)
        call_command("find_duplicate_people", stdout=StringIO())
        assert self.pairs() == []
        decision_undo(decision=decision, by=chief)
        call_command("find_duplicate_people", stdout=StringIO())
        assert len(self.pairs()) == 1

    def test_whoever_was_set_aside_is_not_in_the_queue(self):
        chief = User.objects.create_superuser("chief")
        one, other = PersonFactory(name="Dmitri Medvedev"), PersonFactory(name="Dmitry Medvedev")
        person_merge(lost=one, kept=other, by=chief)
        call_command("find_duplicate_people", stdout=StringIO())
        assert self.pairs() == []

    def test_a_crowd_is_not_compared_everybody_with_everybody(self):
        crowd = [duplicates.Candidate(pk, f"J. Smith {pk}", False) for pk in range(1_000)]
        assert len(list(duplicates.near_each_other(crowd))) < 1_000 * duplicates.CROWD
        few = crowd[: duplicates.CROWD]
        assert list(duplicates.near_each_other(few)) == list(combinations(few, 2))
