"""The editors' desk: lists that scale, forms that explain, moves that respect each other."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive.extraction import people_extract
from archive.models import (
    Article,
    ImportBatch,
    ImportReject,
    Media,
    Mention,
    Origin,
    Person,
    PersonAlias,
    Section,
    Status,
    Tag,
    Transition,
)
from archive.offering import people_offered
from archive.rights import Role
from archive.selectors import public_articles
from tests.desk import address_of, errors_of, form_of, save, signed_in
from tests.factories import ArticleFactory, PersonFactory, SourceFactory, TagFactory, member

pytestmark = pytest.mark.django_db

ARTICLES = reverse("admin:archive_article_changelist")
NEW_ARTICLE = reverse("admin:archive_article_add")


@pytest.fixture
def desk() -> Client:
    return signed_in(User.objects.create_superuser("chief"))


class TestWriting:
    def test_a_new_article_is_a_draft_with_all_that_was_written(self, desk):
        source, tag, person = SourceFactory(), TagFactory(), PersonFactory(name="Ann Vale")
        sent = form_of(desk, NEW_ARTICLE)
        sent |= {"headline": "Flood", "body": "Water.", "source": source.pk, "tags": [tag.pk]}
        sent["mentions-0-person"] = person.pk
        save(desk, NEW_ARTICLE, sent)
        article = Article.objects.get()
        assert (article.headline, article.status) == ("Flood", Status.DRAFT)
        assert list(article.tags.all()) == [tag]
        assert article.mentions.get().origin == Origin.EDITOR

    def test_paragraphs_stay_what_they_are_when_a_browser_sends_them(self, desk):
        sent = form_of(desk, NEW_ARTICLE) | {
            "body": "One.\r\n\r\nTwo.",
            "source": SourceFactory().pk,
        }
        save(desk, NEW_ARTICLE, sent)
        assert Article.objects.get().paragraphs == ["One.", "Two."]

    def test_an_article_can_be_written_and_published_in_one_go(self, desk):
        sent = form_of(desk, NEW_ARTICLE) | {"headline": "Flood", "source": SourceFactory().pk}
        save(desk, NEW_ARTICLE, sent | {"status": Status.PUBLISHED})
        article = public_articles().get()
        assert article.first_published is not None

    def test_saving_without_a_change_changes_nothing(self, desk):
        article = ArticleFactory(
            body="One.\n\nTwo.", people=["Ann Vale"], tags=["harbour"], content_hash="0" * 64
        )
        Mention.objects.update(origin=Origin.EXTRACTED)
        before = Article.objects.values().get() | Mention.objects.values().get()
        save(desk, address_of(article), form_of(desk, address_of(article)))
        after = Article.objects.values().get() | Mention.objects.values().get()
        assert after | {"updated_at": before["updated_at"]} == before

    def test_only_a_mention_that_was_touched_becomes_the_editors(self, desk):
        article = ArticleFactory(people=["Ann Vale", "Ben Roy"])
        Mention.objects.update(origin=Origin.EXTRACTED)
        sent = form_of(desk, address_of(article))
        sent["mentions-1-person"] = PersonFactory(name="Cay Stour").pk
        save(desk, address_of(article), sent)
        assert {m.person.name: m.origin for m in article.mentions.all()} == {
            "Ann Vale": Origin.EXTRACTED,
            "Cay Stour": Origin.EDITOR,
        }

    def test_whom_one_takes_out_of_an_article_stays_out_and_is_not_offered(self, desk):
        article = ArticleFactory(body="The mayor Ann Vale met Ben Roy.", headline="Flood")
        people_extract(articles=[article.pk])
        sent = form_of(desk, address_of(article)) | {"mentions-1-DELETE": "on"}
        save(desk, address_of(article), sent | {"body": "The mayor Ann Vale met Ben Roy again."})
        assert [str(one) for one in article.mentions.all()] == ["Ann Vale"]
        assert people_offered(Article.objects.get()) == []

    def test_an_imported_article_keeps_its_identity(self, desk):
        article = ArticleFactory(external_id="a-1", content_hash="0" * 64)
        sent = form_of(desk, address_of(article)) | {"external_id": "other", "headline": "New"}
        save(desk, address_of(article), sent)
        article.refresh_from_db()
        assert (article.external_id, article.headline) == ("a-1", "New")

    def test_a_slug_is_made_from_the_name(self, desk):
        TagFactory(name="Harbour")
        address = reverse("admin:archive_tag_add")
        desk.post(address, {"name": "Harbour!", "slug": "", "kind": Tag.Kind.SUBJECT})
        assert Tag.objects.get(name="Harbour!").slug == "harbour-2"

    def test_a_person_gets_aliases(self, desk):
        address = reverse("admin:archive_person_add")
        sent = form_of(desk, address) | {"name": "Dmitry Medvedev"}
        save(desk, address, sent | {"aliases-0-name": "Dmitri Medvedev"})
        person = Person.objects.get()
        assert person.slug == "dmitry-medvedev"
        assert person.aliases.get().origin == Origin.EDITOR


class TestForms:
    """What the database would refuse, the form explains."""

    def refusal(self, desk, article: Article, changes: dict[str, object]) -> str:
        response = desk.post(address_of(article), form_of(desk, address_of(article)) | changes)
        return errors_of(response)

    def test_an_article_says_something(self, desk):
        article = ArticleFactory()
        refusal = self.refusal(desk, article, {"headline": "", "body": ""})
        assert "An article needs a headline or a body." in refusal

    def test_an_id_is_used_once_in_a_source(self, desk):
        other = SourceFactory(name="Other")
        ArticleFactory(external_id="a-1", source=other)
        article = ArticleFactory(external_id="a-1", content_hash="0" * 64)
        refusal = self.refusal(desk, article, {"source": other.pk})
        assert "This source already has an article with this id." in refusal

    def test_a_person_is_listed_once(self, desk):
        article = ArticleFactory(people=["Ann Vale", "Ben Roy"])
        ann = Person.objects.get(name="Ann Vale")
        refusal = self.refusal(desk, article, {"mentions-1-person": ann.pk})
        assert "Please correct the duplicate data for person" in refusal

    def test_an_article_is_not_related_to_itself(self, desk):
        article = ArticleFactory()
        one = {"related-TOTAL_FORMS": 1, "related-0-target": article.pk, "related-0-position": 0}
        assert "An article is not related to itself." in self.refusal(desk, article, one)

    def test_a_pointer_points_somewhere(self, desk):
        article = ArticleFactory()
        one = {"related-TOTAL_FORMS": 1, "related-0-position": 5}
        assert "Name the related article or choose it." in self.refusal(desk, article, one)

    def test_a_photo_has_no_duration(self, desk):
        one = {"media-TOTAL_FORMS": 1, "media-0-kind": "photo", "media-0-position": 0}
        refusal = self.refusal(desk, ArticleFactory(), one | {"media-0-duration": 5})
        assert "A photo has no duration." in refusal

    def test_a_page_is_not_taken_for_a_photo(self, desk):
        file = ContentFile(b"<svg/>", name="photo.svg")
        one = {"media-TOTAL_FORMS": 1, "media-0-kind": "photo", "media-0-position": 0}
        refusal = self.refusal(desk, ArticleFactory(), one | {"media-0-file": file})
        assert "Only these files are kept" in refusal

    def test_what_is_scheduled_needs_a_time_to_come(self, desk):
        article = ArticleFactory(status=Status.DRAFT, published=None)
        refusal = self.refusal(desk, article, {"status": Status.SCHEDULED})
        assert "A scheduled article needs the time it is published." in refusal
        past = {"first_published_0": "2009-12-17", "first_published_1": "12:02"}
        refusal = self.refusal(desk, article, {"status": Status.SCHEDULED} | past)
        assert "This time has passed." in refusal


class TestMoves:
    def test_a_chosen_status_is_moved_to(self, desk):
        article = ArticleFactory(status=Status.DRAFT)
        sent = form_of(desk, address_of(article)) | {"status": Status.IN_REVIEW}
        save(desk, address_of(article), sent)
        assert Article.objects.get().status == Status.IN_REVIEW

    def test_a_draft_is_scheduled_for_the_time_that_was_typed(self, desk):
        article = ArticleFactory(status=Status.DRAFT)
        at = timezone.now().replace(microsecond=0) + timedelta(days=2)
        sent = form_of(desk, address_of(article)) | {"status": Status.SCHEDULED}
        sent |= {"first_published_0": f"{at:%Y-%m-%d}", "first_published_1": f"{at:%H:%M:%S}"}
        save(desk, address_of(article), sent)
        article.refresh_from_db()
        assert (article.status, article.first_published) == (Status.SCHEDULED, at)

    def test_only_moves_that_make_sense_are_offered(self, desk):
        article = ArticleFactory(status=Status.PUBLISHED)
        form = desk.get(address_of(article)).context["adminform"].form
        offered = [value for value, _ in form.fields["status"].choices]
        assert offered == [Status.PUBLISHED, Status.WITHDRAWN]

    def test_an_old_form_leaves_alone_what_others_changed_meanwhile(self, desk):
        article = ArticleFactory(body="One.\n\nTwo.", tags=["sea"], published="1989-03-14")
        opened_earlier = form_of(desk, address_of(article))
        Article.objects.update(headline="Theirs", body="Theirs.", first_published=None)
        article.tags.set([TagFactory(name="bridge")])
        save(desk, address_of(article), opened_earlier | {"byline": "Mine"})
        article.refresh_from_db()
        assert (article.headline, article.body, article.byline) == ("Theirs", "Theirs.", "Mine")
        assert article.first_published is None
        assert [tag.name for tag in article.tags.all()] == ["bridge"]

    def test_an_old_form_does_not_bring_back_what_was_withdrawn(self, desk):
        article = ArticleFactory(status=Status.PUBLISHED)
        opened_earlier = form_of(desk, address_of(article))
        Article.objects.update(status=Status.WITHDRAWN)
        save(desk, address_of(article), opened_earlier | {"headline": "A comma, put right"})
        article.refresh_from_db()
        assert (article.status, article.headline) == (Status.WITHDRAWN, "A comma, put right")

    def test_many_are_moved_and_counted(self, desk):
        drafts = [ArticleFactory(status=Status.DRAFT) for _ in range(2)]
        withdrawn = ArticleFactory(status=Status.PUBLISHED)
        chosen = {"action": "publish", "_selected_action": [a.pk for a in (*drafts, withdrawn)]}
        page = desk.post(ARTICLES, chosen, follow=True).content.decode()
        assert "2 of 3 articles are now “published”." in page
        assert "The others cannot become that from what they are." in page
        assert public_articles().count() == 3

    def test_many_are_withdrawn_once_somebody_said_why(self, desk):
        articles = [ArticleFactory(), ArticleFactory()]
        chosen = {"action": "withdraw", "_selected_action": [a.pk for a in articles]}
        page = desk.post(ARTICLES, chosen)
        assert "2 articles were chosen" in page.content.decode()
        assert public_articles().count() == 2
        desk.post(ARTICLES, {**dict(page.context["choice"]), **chosen, "reason": "Not ours."})
        assert public_articles().count() == 0
        assert set(Transition.objects.values_list("reason", flat=True)) == {"Not ours."}

    def test_what_is_sent_back_needs_a_reason_on_the_form(self, desk):
        article = ArticleFactory(status=Status.IN_REVIEW)
        sent = form_of(desk, address_of(article)) | {"status": Status.DRAFT}
        assert "Say why." in errors_of(desk.post(address_of(article), sent))
        save(desk, address_of(article), sent | {"reason": "Who says so?"})
        made = Transition.objects.get()
        assert (made.by.username, made.reason) == ("chief", "Who says so?")

    def test_another_hour_for_what_is_scheduled_is_a_move(self, desk):
        soon = timezone.now().replace(microsecond=0) + timedelta(days=1)
        article = ArticleFactory(status=Status.SCHEDULED, first_published=soon)
        later = soon + timedelta(days=1)
        sent = form_of(desk, address_of(article)) | {"first_published_0": f"{later:%Y-%m-%d}"}
        save(desk, address_of(article), sent)
        made = Transition.objects.get()
        assert (made.origin, made.target, made.scheduled_for) == ("scheduled", "scheduled", later)

    def test_a_contributor_is_offered_review_and_nothing_else(self):
        contributor = member(Role.CONTRIBUTOR)
        client = signed_in(contributor)
        sent = form_of(client, NEW_ARTICLE) | {"headline": "Flood", "source": SourceFactory().pk}
        save(client, NEW_ARTICLE, sent | {"status": Status.IN_REVIEW})
        article = Article.objects.get()
        assert (article.status, article.created_by) == (Status.IN_REVIEW, contributor)
        assert client.post(address_of(article), sent).status_code == 403
        assert "adminform" in client.get(address_of(article)).context  # to be read
        for status in (Status.PUBLISHED, Status.SCHEDULED):
            refused = client.post(NEW_ARTICLE, sent | {"status": status})
            assert "Select a valid choice" in errors_of(refused)

    def test_the_hours_are_asked_for_in_the_newsrooms_own_time(self, desk, settings):
        settings.TIME_ZONE = "Europe/Berlin"
        fields = desk.get(NEW_ARTICLE).context["adminform"].form.fields
        assert "Newsroom time (Europe/Berlin)" in fields["embargo_until"].help_text

    def test_whoever_may_only_view_is_offered_no_moves(self):
        viewer = User.objects.create_user("viewer", is_staff=True)
        viewer.user_permissions.add(Permission.objects.get(codename="view_article"))
        client = signed_in(viewer)
        article = ArticleFactory(status=Status.DRAFT)
        assert client.get(address_of(article)).status_code == 200
        client.post(ARTICLES, {"action": "publish", "_selected_action": [article.pk]})
        assert Article.objects.get().status == Status.DRAFT


class TestLists:
    def test_the_list_of_articles_takes_as_many_queries_for_fifty_as_for_one(
        self, desk, django_assert_num_queries, django_assert_max_num_queries
    ):
        for number in range(50):
            ArticleFactory(people=[f"Person {number}", "Ann Vale"], headline="")
        desk.get(ARTICLES)  # the index follows
        with django_assert_max_num_queries(12):
            page = desk.get(ARTICLES)
        assert [row.people_count for row in page.context["cl"].result_list] == [2] * 50

    def test_articles_are_filtered_by_what_an_editor_looks_for(self, desk):
        section = Section.objects.create(name="Harbour", slug="harbour")
        ArticleFactory(headline="dated")
        ArticleFactory(headline="undated", published=None, section=section, status=Status.DRAFT)
        for asked in (
            {"status__exact": "draft"},
            {"section__id__exact": section.pk},
            {"section": section.slug},
            {"lack": "no-date"},
        ):
            found = desk.get(ARTICLES, asked).context["cl"].result_list
            assert [article.headline for article in found] == ["undated"]

    def test_people_are_found_by_name_and_alias_without_their_accents(self, desk):
        person = PersonFactory(name="Tomás Almeida")
        PersonAlias.objects.create(person=person, name="Thomas Almeyda")
        PersonFactory(name="Ann Vale")
        for typed in ("tomas", "ALMEYDA"):
            address = reverse("admin:archive_person_changelist")
            found = desk.get(address, {"q": typed}).context["cl"].result_list
            assert list(found) == [person]

    @pytest.mark.parametrize("lookup", ["person", "section", "source", "tag"])
    def test_everything_tells_how_many_articles_it_has(
        self, desk, lookup, django_assert_max_num_queries
    ):
        section = Section.objects.create(name="Harbour", slug="harbour")
        for _ in range(3):
            ArticleFactory(people=["Ann Vale"], tags=["sea"], section=section)
        with django_assert_max_num_queries(7):
            page = desk.get(reverse(f"admin:archive_{lookup}_changelist"))
        row = page.context["cl"].result_list[0]
        assert row.article_count == 3
        listed = desk.get(ARTICLES, {lookup: row.slug})
        assert f'href="{ARTICLES}?{lookup}={row.slug}"' in page.content.decode()
        assert listed.context["cl"].result_count == 3


class TestImports:
    def test_batches_and_rejects_are_shown_and_never_edited(self, desk):
        batch = ImportBatch.objects.create(read=1, rejected=1, asked={"paths": ["a.jsonl"]})
        reject = ImportReject.objects.create(
            batch=batch, file="a.jsonl", line=7, reason="no date", record="<b>{</b>"
        )
        assert "a.jsonl" in desk.get(address_of(batch)).content.decode()
        page = desk.get(address_of(reject)).content.decode()
        assert "&lt;b&gt;{&lt;/b&gt;</pre>" in page
        listed = desk.get(
            reverse("admin:archive_importreject_changelist"), {"batch__id__exact": batch.pk}
        )
        assert "a.jsonl:7: no date" in listed.content.decode()
        for thing in (batch, reject):
            assert desk.post(address_of(thing), {}).status_code == 403
            assert desk.post(address_of(thing, "delete"), {"post": "yes"}).status_code == 403


class TestMedia:
    def test_an_article_whose_file_was_lost_is_edited_all_the_same(self, desk):
        article = ArticleFactory()
        photo = Media(article=article)
        photo.file.save("photo.png", ContentFile(b"png"))
        photo.file.storage.delete(photo.file.name)
        sent = form_of(desk, address_of(article)) | {"media-0-caption": "The quay"}
        save(desk, address_of(article), sent)
        photo.refresh_from_db()
        assert photo.caption == "The quay"

    def test_a_held_file_is_linked_where_its_article_decides_who_sees_it(self, desk):
        media = Media(article=ArticleFactory(status=Status.DRAFT))
        media.file.save("photo.png", ContentFile(b"png"))
        for address in (address_of(media), address_of(media.article)):
            page = desk.get(address).content.decode()
            assert f'href="{media.get_absolute_url()}"' in page
            assert f"/media/{media.file.name}" not in page
