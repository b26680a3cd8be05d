"""Who is who at the editors' desk: the queue, the evidence, one click, and the way back."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from archive.identity import person_merge
from archive.identity.lookup import person_ids
from archive.models import FormerSlug, Likeness, Mention, Origin, Person, PersonDecision
from tests.desk import address_of, form_of, save, signed_in
from tests.factories import ArticleFactory, PersonFactory

pytestmark = pytest.mark.django_db

QUEUE = reverse("admin:archive_likeness_changelist")
PEOPLE = reverse("admin:archive_person_changelist")
DECISIONS = reverse("admin:archive_persondecision_changelist")


@pytest.fixture
def desk() -> Client:
    return signed_in(User.objects.create_superuser("chief"))


@pytest.fixture
def pair() -> Likeness:
    one, other = PersonFactory(name="Dmitri Medvedev"), PersonFactory(name="Dmitry Medvedev")
    ArticleFactory(headline="Summit", people=[one, "Ann Vale"])
    ArticleFactory(headline="Another summit", people=[other, "Ann Vale"])
    return Likeness.objects.create(one=one, other=other, reason="spelling", likelihood=90)


def decide(client: Client, likeness: Likeness, decision: str):
    return client.post(
        reverse("admin:archive_likeness_decide", args=[likeness.pk]), {"decision": decision}
    )


def test_the_queue_leads_to_the_evidence_side_by_side(desk, pair):
    assert "Dmitri Medvedev – Dmitry Medvedev" in desk.get(QUEUE).content.decode()
    page = desk.get(address_of(pair)).content.decode()
    assert "Another summit" in page
    assert page.count("beside both") == 2


@pytest.mark.parametrize(
    ("decision", "kept", "lost"),
    [
        ("keep-one", "Dmitri Medvedev", "Dmitry Medvedev"),
        ("keep-other", "Dmitry Medvedev", "Dmitri Medvedev"),
    ],
)
def test_one_click_merges(desk, pair, decision, kept, lost):
    assert decide(desk, pair, decision)["Location"] == QUEUE
    assert Person.objects.get(name=lost).merged_into == Person.objects.get(name=kept)
    assert not Likeness.objects.exists()


def test_one_click_keeps_apart(desk, pair):
    decide(desk, pair, "apart")
    assert not Likeness.objects.exists()
    assert PersonDecision.objects.get().kind == PersonDecision.Kind.APART


@pytest.mark.parametrize(("decision", "side"), [("one-is-none", "one"), ("other-is-none", "other")])
def test_one_click_says_that_it_is_no_person(desk, pair, decision, side):
    decide(desk, pair, decision)
    person = Person.objects.get(pk=getattr(pair, side).pk)
    assert person.not_a_person
    assert not Mention.objects.filter(person=person).exists()


def test_the_next_pair_comes_by_itself(desk, pair):
    third = PersonFactory(name="D. Medvedev")
    after = Likeness.objects.create(one=pair.one, other=third, reason="initial", likelihood=50)
    assert decide(desk, pair, "apart")["Location"] == address_of(after)


def test_nothing_is_decided_by_looking_or_by_nonsense(desk, pair):
    address = reverse("admin:archive_likeness_decide", args=[pair.pk])
    assert desk.get(address).status_code == 405
    assert decide(desk, pair, "marry")["Location"] == address_of(pair)
    assert not PersonDecision.objects.exists()


def test_what_was_decided_meanwhile_is_said(desk, pair):
    address = address_of(pair)
    decide(desk, pair, "apart")
    assert desk.get(address)["Location"] == QUEUE


def test_who_may_only_look_sees_no_button_and_decides_nothing(pair):
    user = User.objects.create_user("guest", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_likeness"))
    guest = signed_in(user)
    assert "<button name" not in guest.get(address_of(pair)).content.decode()
    assert decide(guest, pair, "apart").status_code == 403
    assert not PersonDecision.objects.exists()


def test_a_decision_can_be_undone_at_the_desk(desk, pair):
    decide(desk, pair, "keep-one")
    sent = {"action": "undo", "_selected_action": [PersonDecision.objects.get().pk]}
    page = desk.post(DECISIONS, sent, follow=True).content.decode()
    assert "Undone:" in page
    assert not Person.objects.exclude(merged_into=None).exists()
    assert "already" in desk.post(DECISIONS, sent, follow=True).content.decode()


def test_two_people_can_be_compared_though_nothing_found_them(desk):
    people = [PersonFactory(name="The Mayor"), PersonFactory(name="Ann Vale")]
    sent = {"action": "compare", "_selected_action": [person.pk for person in people]}
    assert desk.post(PEOPLE, sent)["Location"] == address_of(Likeness.objects.get())
    sent["_selected_action"] = [people[0].pk]
    assert "Choose two people" in desk.post(PEOPLE, sent, follow=True).content.decode()


def test_names_that_are_no_peoples_are_marked_from_the_list(desk):
    firm = PersonFactory(name="Merrill Lynch")
    desk.post(PEOPLE, {"action": "mark_not_people", "_selected_action": [firm.pk]})
    assert Person.objects.get().not_a_person


def test_who_was_set_aside_is_not_among_the_people(desk, pair):
    person_merge(lost=pair.one, kept=pair.other, by=User.objects.get())
    page = desk.get(PEOPLE).content.decode()
    assert address_of(pair.other) in page
    assert address_of(pair.one) not in page


def test_a_new_name_and_slug_keep_the_old_ones_working(desk):
    person = PersonFactory(name="Dmitri Medvedev")
    sent = form_of(desk, address_of(person)) | {
        "name": "Dmitry Medvedev",
        "slug": "dmitry-medvedev",
        "note": "President",
        "aliases-0-name": "Dmitri Medvedev",
        "wikidata": "Q23530",
    }
    save(desk, address_of(person), sent)
    person.refresh_from_db()
    assert (person.name, person.note, person.key) == (
        "Dmitry Medvedev",
        "President",
        "dmitry medvedev",
    )
    assert [alias.name for alias in person.aliases.all()] == ["Dmitri Medvedev"]
    assert FormerSlug.objects.get().slug == "dmitri-medvedev"


def test_a_person_is_divided_by_choosing_articles(desk, pair):
    mine = ArticleFactory(headline="Mine", people=[pair.one])
    address = reverse("admin:archive_person_divide", args=[pair.one.pk])
    assert address in desk.get(address_of(pair.one)).content.decode()
    assert "Mine" in desk.get(address).content.decode()
    response = desk.post(address, {"name": "Dmitri Medvedev", "articles": [mine.pk]})
    other = mine.people.get()
    assert response["Location"] == address_of(other)
    assert (other.name, other.pk != pair.one.pk) == ("Dmitri Medvedev", True)
    again = reverse("admin:archive_person_divide", args=[other.pk])
    page = desk.post(again, {"name": "Nobody", "articles": [mine.pk]}).content.decode()
    assert "not all of them" in page


def test_an_alias_that_an_editor_takes_away_is_somebody_elses_from_then_on(desk):
    person = PersonFactory(name="George Bush")
    for name in ("George W. Bush", "Bushie"):
        origin = Origin.EDITOR if name == "Bushie" else Origin.EXTRACTED
        person.aliases.create(name=name, origin=origin)
    sent = form_of(desk, address_of(person))
    save(desk, address_of(person), sent | {"aliases-0-DELETE": "on", "aliases-1-DELETE": "on"})
    ids = person_ids(dict.fromkeys(["George W. Bush", "George Bush"], Origin.EXTRACTED))
    assert ids["George Bush"] == person.pk
    assert Person.objects.get(pk=ids["George W. Bush"]).name == "George W. Bush"
    assert not person.aliases.exists()
    assert not Person.objects.filter(name="Bushie").exists()
