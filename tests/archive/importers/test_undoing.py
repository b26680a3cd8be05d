"""An import is undone: what it made goes, what anybody changed since stays and is named."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied
from django.utils import translation

from archive import services
from archive.importers.journal.lock import BusyError, import_lock, lock_file
from archive.importers.undoing import Undone, Way, batch_undo
from archive.models import (
    Article,
    Correction,
    ImportBatch,
    Media,
    Mention,
    Quotation,
    RelatedArticle,
    Right,
    Status,
    Tag,
    Transition,
)
from archive.selectors import public_articles
from archive.versions import versions_kept

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
RECORD = (
    '{{"source": "Courier", "id": "{0}", "headline": "Report {0}", "published": "2009-12-17",'
    ' "body": "“It rose,” Ann Vale said.", "people": ["Ann Vale"], "tags": ["flood"],'
    ' "related": [{{"title": "Another"}}]}}'
)


@pytest.fixture
def batch(import_articles, tmp_path) -> ImportBatch:
    """Of four articles."""
    file = tmp_path / "wrong.jsonl"
    file.write_text("\n".join(RECORD.format(number) for number in range(4)))
    import_articles(file)
    return ImportBatch.objects.get()


@pytest.fixture
def chief(db) -> User:
    return User.objects.create_superuser("chief")


def undo(batch: ImportBatch, chief: User, way: Way = Way.WITHDRAW, **asked: object) -> Undone:
    return batch_undo(batch=batch, editor=chief, way=way, now=NOW, **asked)


def report(number: int) -> Article:
    return Article.objects.get(external_id=str(number))


def test_what_was_made_and_not_touched_is_withdrawn_with_a_reason(batch, chief):
    assert undo(batch, chief).taken == 4
    assert not public_articles().exists()
    [reason] = Transition.objects.order_by().values_list("reason", flat=True).distinct()
    assert str(batch) in reason
    batch.refresh_from_db()
    assert (batch.undone, batch.undone_at, batch.undone_by) == (4, NOW, chief)


def test_what_was_made_and_not_touched_is_deleted_if_that_is_asked(batch, chief):
    assert undo(batch, chief, Way.DELETE).taken == 4
    assert not Article.objects.exists()


def test_a_dry_run_tells_and_changes_nothing(batch, chief):
    report(1).tags.clear()
    Mention.objects.filter(article=report(2)).update(origin="editor")
    told = undo(batch, chief, Way.DELETE, dry_run=True)
    assert (told.taken, told.kept) == (3, (report(2).pk,))
    batch.refresh_from_db()
    assert (Article.objects.count(), batch.undone, batch.undone_at) == (4, 0, None)
    assert undo(batch, chief, Way.DELETE) == told


def rewrite(article: Article, chief: User) -> None:
    article.headline = "Put right"
    article.save()


def file_under_another_tag(article: Article, chief: User) -> None:
    with versions_kept(articles=[article.pk], by=chief):
        article.tags.add(Tag.objects.create(name="storm", slug="storm"))


def move(article: Article, chief: User) -> None:
    services.article_withdraw(article=article, editor=chief, now=NOW, reason="Wrong.")
    services.article_publish(article=article, editor=chief, now=NOW)


def say_who_is_mentioned(article: Article, chief: User) -> None:
    article.mentions.update(origin="editor")


def dismiss_a_quotation(article: Article, chief: User) -> None:
    assert Quotation.objects.filter(article=article).update(dismissed=True)


def correct(article: Article, chief: User) -> None:
    Correction.objects.create(article=article, text="It was four metres.")


def add_a_photo(article: Article, chief: User) -> None:
    Media.objects.create(article=article, url="https://courier.example/photo.jpg")


def point_elsewhere(article: Article, chief: User) -> None:
    RelatedArticle.objects.filter(article=article).update(title="Something else")


@pytest.mark.parametrize(
    "touch",
    [
        rewrite,
        file_under_another_tag,
        move,
        say_who_is_mentioned,
        dismiss_a_quotation,
        correct,
        add_a_photo,
        point_elsewhere,
    ],
)
@pytest.mark.parametrize("way", Way)
def test_what_anybody_touched_is_kept_and_named(batch, chief, touch, way):
    touch(report(2), chief)
    undone = undo(batch, chief, way)
    assert (undone.taken, undone.kept) == (3, (report(2).pk,))
    assert list(public_articles()) == [report(2)]


def test_what_a_later_import_changed_is_kept(batch, chief, import_articles, tmp_path):
    file = tmp_path / "right.jsonl"
    file.write_text(RECORD.format(2).replace("Report 2", "Report 2, put right"))
    import_articles(file)
    assert undo(batch, chief).kept == (report(2).pk,)


def test_what_came_otherwise_is_left_alone(batch, chief, import_articles, tmp_path):
    file = tmp_path / "other.jsonl"
    file.write_text(RECORD.format(9))
    import_articles(file)
    assert undo(batch, chief, Way.DELETE).taken == 4
    assert [article.external_id for article in Article.objects.all()] == ["9"]


def test_it_goes_in_steps_and_on_behind_the_last(batch, chief):
    say_who_is_mentioned(report(0), chief)
    first = undo(batch, chief, limit=2)
    assert (first.taken, len(first.kept)) == (1, 1)
    second = undo(batch, chief, after=first.last, limit=2)
    assert (second.taken, second.kept) == (2, ())
    assert undo(batch, chief, after=second.last) == Undone()
    batch.refresh_from_db()
    assert batch.undone == 3


def test_undone_twice_it_is_undone_once(batch, chief):
    undo(batch, chief)
    assert undo(batch, chief) == Undone()


def test_what_was_withdrawn_so_can_be_deleted_so_and_what_an_editor_withdrew_cannot(batch, chief):
    one = report(1)
    services.article_withdraw(article=one, editor=chief, now=NOW, reason="Wrong.")
    with translation.override("de"):
        undo(batch, chief)
    undone = undo(batch, chief, Way.DELETE)
    assert (undone.taken, undone.kept) == (3, (one.pk,))


def test_drafts_are_nothing_to_withdraw_but_are_deleted(batch, chief):
    Article.objects.update(status=Status.DRAFT)
    assert undo(batch, chief) == Undone()
    assert undo(batch, chief, Way.DELETE).taken == 4


def test_the_same_files_can_be_imported_again_once_their_articles_are_deleted(
    batch, chief, import_articles, tmp_path
):
    undo(batch, chief, Way.DELETE)
    assert import_articles(tmp_path / "wrong.jsonl").tally == (4, 0, 0, 0)


def test_nothing_is_undone_while_an_import_runs(batch, chief):
    with import_lock(lock_file()):
        with pytest.raises(BusyError):
            undo(batch, chief)
        assert undo(batch, chief, dry_run=True).taken == 4


@pytest.mark.parametrize(
    ("way", "rights"),
    [
        (Way.WITHDRAW, (Right.CHANGE_MANY, Right.WITHDRAW)),
        (Way.DELETE, (Right.CHANGE_MANY, "delete_article")),
    ],
)
def test_it_takes_every_right_that_it_needs(batch, way, rights):
    editor = User.objects.create_user("editor")
    for codename in rights:
        with pytest.raises(PermissionDenied):
            undo(batch, User.objects.get(pk=editor.pk), way)
        editor.user_permissions.add(Permission.objects.get(codename=codename))
    assert undo(batch, User.objects.get(pk=editor.pk), way).taken == 4
