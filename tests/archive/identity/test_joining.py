"""What an import joins by itself: only what is one person nine times in ten, and only to one."""

import pytest
from django.contrib.auth.models import User

from archive.identity import person_mark_not_a_person, person_merge
from archive.identity.lookup import person_ids
from archive.importers.base import Entry, PersonRecord, Record
from archive.importers.writing import store
from archive.importers.writing.persons import store_people
from archive.importers.writing.plan import plan
from archive.importers.writing.prepared import prepared
from archive.models import Article, Origin, Person, PersonAlias
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def people_of(*names: str) -> list[str]:
    """Whom an import of these names means, one after the other."""
    ids = person_ids(dict.fromkeys(names, Origin.EXTRACTED))
    people = Person.objects.in_bulk(ids.values())
    return [people[ids[name]].name for name in names]


def told(name: str, *aliases: str, note: str = "") -> None:
    """A source's record of a person."""
    record = PersonRecord(name=name, aliases=aliases, note=note)
    store_people([prepared(Entry("f", 1, "", record))])


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ("Anders Rasmussen", "Anders Fogh Rasmussen"),
        ("Anders Fogh Rasmussen", "Anders F. Rasmussen"),
        ("Dmitry Medvedev", "Dmitri Medvedev"),
        ("Recep Erdoğan", "ERDOGAN, Recep"),
    ],
)
def test_a_sure_form_of_a_name_joins_its_bearer(known, name):
    PersonFactory(name=known)
    assert people_of(name) == [known]


def test_also_when_both_are_new():
    assert people_of("Dmitry Medvedev", "Dmitri Medvedev") == ["Dmitry Medvedev"] * 2
    assert PersonAlias.objects.get().origin == Origin.EXTRACTED


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ("Robert Dole", "Bob Dole"),
        ("Dmitry Medvedev", "Dmitry Medvedyev"),
        ("Robert Kennedy", "Robert Kennedy Jr"),
        ("John Major", "J. Major"),
        ("Jean Smith", "Joan Smith"),
    ],
)
def test_what_is_less_sure_is_somebody_else(known, name):
    PersonFactory(name=known)
    assert people_of(name) == [name]


def test_who_has_one_middle_name_has_no_other():
    names = ["George Bush", "George W. Bush", "George H. W. Bush"]
    assert people_of(*names) == ["George Bush", "George Bush", "George H. W. Bush"]


def test_a_name_that_may_be_either_of_two_is_neither():
    for name in ("George W. Bush", "George H. W. Bush"):
        PersonFactory(name=name)
    assert people_of("George Bush") == ["George Bush"]


def test_whoever_was_merged_is_found_as_who_they_are():
    chief = User.objects.create_superuser("chief")
    lost, kept = PersonFactory(name="The Mayor"), PersonFactory(name="Ann Vale")
    person_merge(lost=lost, kept=kept, by=chief)
    assert people_of("The Mayor") == ["Ann Vale"]


def test_what_is_no_person_comes_back_under_no_spelling():
    firm = PersonFactory(name="Merrill Lynch")
    person_mark_not_a_person(person=firm, by=User.objects.create_superuser("chief"))
    assert person_ids({"MERRILL LYNCH": Origin.EXTRACTED}) == {}


def test_two_records_of_people_who_were_merged_do_not_undo_each_other():
    told("Dmitri Medvedev", "Dima")
    told("The President", "Mr President", note="Of Russia")
    lost, kept = (
        Person.objects.get(name="The President"),
        Person.objects.get(name="Dmitri Medvedev"),
    )
    person_merge(lost=lost, kept=kept, by=User.objects.create_superuser("chief"))
    told("Dmitri Medvedev", "Dima", "D. A. Medvedev")
    told("The President", "Mr President", note="Of all Russia")
    names = {alias.name for alias in kept.aliases.all()}
    assert names == {"Dima", "D. A. Medvedev", "The President", "Mr President"}
    told("The President")
    assert "Mr President" not in {alias.name for alias in kept.aliases.all()}, "its source says so"


def test_whom_an_editor_took_out_of_an_article_stays_out_under_the_name_they_were_merged_into():
    PersonFactory(name="Ann Vale")
    imported("First", "The Mayor")
    article = Article.objects.get()
    article.mentions.all().delete()
    lost, kept = (Person.objects.get(name=name) for name in ("The Mayor", "Ann Vale"))
    person_merge(lost=lost, kept=kept, by=User.objects.create_superuser("chief"))
    imported("Second", "The Mayor")
    assert Article.objects.get().headline == "Second"
    assert not article.mentions.exists()


def imported(headline: str, *people: str) -> None:
    record = Record(external_id="a", source="Courier", headline=headline, people=people)
    store.write(plan([prepared(Entry("f", 1, "", record))]), None)
