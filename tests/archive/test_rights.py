"""Who may do what: asked by the services, whatever the desk shows."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, Group, User
from django.core.management import call_command

from archive import editing, services
from archive.models import Article, Right, Status, Transition
from archive.rights import NotAllowed, Role, has_right, make_groups, may_edit
from archive.selectors import articles_for
from tests.factories import ArticleFactory, SourceFactory, member

pytestmark = pytest.mark.django_db

NOW = datetime(2009, 12, 17, 12, 2, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
CONTRIBUTOR, EDITOR, CHIEF = Role


def write(status: Status = Status.DRAFT, by: User | None = None, **fields: object) -> Article:
    return ArticleFactory(status=status, created_by=by, **{"published": None} | fields)


ONE = {
    "send to review": (Status.DRAFT, services.article_send_to_review, {}),
    "send back": (Status.IN_REVIEW, services.article_back_to_draft, {"reason": "Why."}),
    "schedule": (Status.DRAFT, services.article_schedule, {"at": LATER}),
    "publish": (Status.IN_REVIEW, services.article_publish, {}),
    "withdraw": (Status.PUBLISHED, services.article_withdraw, {"reason": "Why."}),
}
MANY = {
    "send to review": (Status.DRAFT, services.articles_send_to_review, {}),
    "publish": (Status.IN_REVIEW, services.articles_publish, {}),
    "withdraw": (Status.PUBLISHED, services.articles_withdraw, {"reason": "Why."}),
}


@pytest.mark.parametrize("move", ONE)
@pytest.mark.parametrize("role", [EDITOR, CHIEF])
def test_editors_and_chiefs_make_every_move_of_one_article(role, move):
    status, service, more = ONE[move]
    service(article=write(status), editor=member(role), now=NOW, **more)
    assert Transition.objects.get().by.username == role.name.lower()


@pytest.mark.parametrize("move", ONE.keys() - {"send to review"})
def test_a_contributor_publishes_and_withdraws_nothing_not_even_their_own(move):
    status, service, more = ONE[move]
    ann = member(CONTRIBUTOR)
    article = write(status, by=ann)
    with pytest.raises(NotAllowed, match="lacks a right: “Can "):
        service(article=article, editor=ann, now=NOW, **more)
    assert Article.objects.get().status == status


def test_a_contributor_sends_their_own_draft_to_review_and_nobody_elses():
    ann = member(CONTRIBUTOR)
    services.article_send_to_review(article=write(by=ann), editor=ann, now=NOW)
    for other in (None, member(EDITOR)):
        with pytest.raises(NotAllowed, match="only its own drafts"):
            services.article_send_to_review(article=write(by=other), editor=ann, now=NOW)


@pytest.mark.parametrize("move", MANY)
def test_only_chiefs_move_many(move):
    status, service, more = MANY[move]
    write(status)
    for role in (CONTRIBUTOR, EDITOR):
        with pytest.raises(NotAllowed, match="many articles at once"):
            service(articles=Article.objects.all(), editor=member(role), now=NOW, **more)
    assert service(articles=Article.objects.all(), editor=member(CHIEF), now=NOW, **more) == 1


def test_only_chiefs_put_back_what_many_became():
    article = write(Status.PUBLISHED)
    asked = {"was": {article.pk: (Status.DRAFT, None)}, "target": Status.PUBLISHED, "now": NOW}
    for role in (CONTRIBUTOR, EDITOR):
        with pytest.raises(NotAllowed, match="many articles at once"):
            services.articles_put_back(**asked, editor=member(role), reason="A slip.")
    chief = member(CHIEF)
    assert services.articles_put_back(**asked, editor=chief, reason="A slip.") == {article.pk}


@pytest.mark.parametrize("nobody", ["anonymous", "without rights", "left the house"])
def test_who_has_no_rights_does_nothing(nobody):
    left = member(CHIEF, "left")
    left.is_active = False
    left.save()
    who = {
        "anonymous": AnonymousUser(),
        "without rights": User.objects.create_user("reader", is_staff=True),
        "left the house": left,
    }[nobody]
    for status, service, more in ONE.values():
        with pytest.raises(NotAllowed):
            service(article=write(status), editor=who, now=NOW, **more)
    with pytest.raises(NotAllowed):
        editing.edit_begin(article=write(), editor=who)
    new = Article(headline="Flood", source=SourceFactory())
    with pytest.raises(NotAllowed):
        editing.article_create(article=new, editor=who)
    assert not Transition.objects.exists()


@pytest.mark.parametrize("status", Status)
def test_a_contributor_edits_their_own_article_only_while_it_is_a_draft(status):
    ann = member(CONTRIBUTOR)
    article = write(status, by=ann, published="2010-01-01")
    assert may_edit(ann, article) == (status is Status.DRAFT)
    assert may_edit(member(EDITOR), article)
    assert not may_edit(ann, write(Status.DRAFT))


def test_a_form_that_was_opened_before_the_draft_was_taken_is_refused():
    ann = member(CONTRIBUTOR)
    article = write(by=ann)
    opened_earlier = Article.objects.get()
    services.article_send_to_review(article=article, editor=ann, now=NOW)
    with pytest.raises(NotAllowed, match="is in review"):
        editing.edit_begin(article=opened_earlier, editor=ann)


def test_what_somebody_writes_is_theirs():
    ann = member(CONTRIBUTOR)
    editing.article_create(article=Article(headline="Flood", source=SourceFactory()), editor=ann)
    assert Article.objects.get().created_by == ann


def test_moves_for_names_exactly_what_is_not_refused():
    for role in Role:
        user = member(role)
        for status in Status:
            article = write(status, by=user, published="2010-01-01")
            offered = services.moves_for(user, article)
            expected = {
                CONTRIBUTOR: {Status.IN_REVIEW} if status is Status.DRAFT else set(),
            }.get(role, set(services.moves_from(status)))
            assert set(offered) == expected


def test_the_desk_is_read_by_all_of_it_but_an_embargo_holds_against_contributors():
    ann = member(CONTRIBUTOR)
    own = write(by=ann, embargo_until=LATER)
    others = write(embargo_until=LATER)
    draft = write()
    assert set(articles_for(ann, NOW)) == {own, draft}
    assert set(articles_for(ann, LATER)) == {own, draft, others}
    assert set(articles_for(member(EDITOR), NOW)) == {own, draft, others}
    assert not articles_for(AnonymousUser(), NOW).exists()


class TestGroups:
    def test_each_role_may_do_what_the_one_before_it_may(self):
        rights = [
            set(Group.objects.get(name=role).permissions.values_list("codename", flat=True))
            for role in Role
        ]
        assert rights[0] < rights[1] < rights[2]
        assert "delete_article" in rights[2] - rights[1]
        assert has_right(member(EDITOR), Right.WITHDRAW)

    def test_migrating_again_leaves_a_group_as_the_house_has_made_it(self):
        group = Group.objects.get(name=EDITOR)
        group.permissions.clear()
        call_command("migrate", verbosity=0)
        make_groups()
        assert not group.permissions.exists()
        assert Group.objects.count() == 3

    def test_a_group_that_is_gone_comes_back_with_its_rights(self):
        Group.objects.get(name=CONTRIBUTOR).delete()
        make_groups()
        assert has_right(member(CONTRIBUTOR), Right.SUBMIT)
