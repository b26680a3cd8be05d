"""Whatever the door that a change comes through, the article is in the outbox afterwards."""

import pytest
from django.core.management import call_command
from django.db import connection, models, transaction

from archive.models import (
    Article,
    Media,
    Mention,
    Person,
    PersonAlias,
    Quotation,
    RelatedArticle,
    Section,
    Source,
    Tag,
)
from search import signals, triggers
from search.models import DueMark, IndexChange
from tests.factories import ArticleFactory, PersonFactory, SectionFactory, TagFactory
from tests.search.record import in_outbox, marked_by

pytestmark = pytest.mark.django_db


def raw(sql: str, *parameters: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


class TestAnArticleIsMarked:
    def test_when_it_is_created(self):
        made = []
        assert marked_by(lambda: made.append(ArticleFactory())) == {made[0].pk}

    def test_when_it_is_created_in_bulk(self):
        source = ArticleFactory().source
        flood, bridge = (Article(source=source, headline=text) for text in ("Flood", "Bridge"))
        marked = marked_by(lambda: Article.objects.bulk_create([flood, bridge]))
        assert marked == {flood.pk, bridge.pk}

    def test_when_it_is_saved(self):
        kept = ArticleFactory()
        assert marked_by(kept.save) == {kept.pk}

    def test_when_it_is_updated_in_bulk(self):
        first, second, third = (
            ArticleFactory(headline="One"),
            ArticleFactory(headline="Two"),
            ArticleFactory(headline="Three"),
        )
        first.body = second.body = "Water everywhere."
        changed = marked_by(lambda: Article.objects.bulk_update([first, second], ["body"]))
        assert changed == {first.pk, second.pk}
        assert third.pk not in changed

    def test_when_a_queryset_updates_it(self):
        kept, _other = ArticleFactory(headline="One"), ArticleFactory(headline="Two")
        assert marked_by(
            lambda: Article.objects.filter(headline="One").update(status="withdrawn")
        ) == {kept.pk}

    def test_when_it_is_deleted_with_all_that_hangs_on_it(self):
        gone = ArticleFactory(people=["Ann Vale"], tags=["harbour"])
        pk = gone.pk
        assert marked_by(gone.delete) == {pk}

    def test_when_raw_sql_changes_or_deletes_it(self):
        kept, gone = ArticleFactory(headline="One"), ArticleFactory(headline="Two")
        table = Article._meta.db_table
        assert marked_by(
            lambda: raw(f"UPDATE {table} SET headline = 'New' WHERE id = %s", kept.pk)
        ) == {kept.pk}
        assert marked_by(lambda: raw(f"DELETE FROM {table} WHERE id = %s", gone.pk)) == {gone.pk}

    def test_under_both_ids_when_raw_sql_renumbers_it(self):
        old = ArticleFactory().pk
        table = Article._meta.db_table
        assert marked_by(lambda: raw(f"UPDATE {table} SET id = id + 1000 WHERE id = %s", old)) == {
            old,
            old + 1000,
        }


class TestItsPeople:
    def test_mentioning_somebody_and_no_longer(self):
        kept, ann = ArticleFactory(), PersonFactory(name="Ann Vale")
        mention = []
        assert marked_by(
            lambda: mention.append(Mention.objects.create(article=kept, person=ann))
        ) == {kept.pk}
        assert marked_by(mention[0].delete) == {kept.pk}

    def test_mentions_in_bulk(self):
        kept, ann = ArticleFactory(), PersonFactory(name="Ann Vale")
        assert marked_by(
            lambda: Mention.objects.bulk_create([Mention(article=kept, person=ann)])
        ) == {kept.pk}

    def test_moving_a_mention_marks_the_article_it_leaves_and_the_one_it_comes_to(self):
        old, new = (
            ArticleFactory(headline="One", people=["Ann Vale"]),
            ArticleFactory(headline="Two"),
        )
        assert marked_by(lambda: Mention.objects.update(article=new)) == {old.pk, new.pk}

    def test_merging_two_people(self):
        kept = ArticleFactory(people=["Ann Vale"])
        ArticleFactory(headline="Another", people=["Ben Roy"])
        into = PersonFactory(name="Anne Vale")
        assert marked_by(
            lambda: Mention.objects.filter(person__name="Ann Vale").update(person=into)
        ) == {kept.pk}

    def test_renaming_somebody_marks_all_who_mention_them_and_nobody_else(self):
        first, second = (
            ArticleFactory(headline="One", people=["Ann Vale"]),
            ArticleFactory(headline="Two", people=["Ann Vale"]),
        )
        ArticleFactory(headline="Three", people=["Ben Roy"])
        ann = PersonFactory(name="Ann Vale")
        ann.name = "Anne Vale"
        assert marked_by(ann.save) == {first.pk, second.pk}

    def test_what_is_not_searched_of_a_person_marks_nothing(self):
        ArticleFactory(people=["Ann Vale"])
        assert marked_by(lambda: Person.objects.update(note="A councillor.")) == set()

    def test_an_alias_that_comes_changes_moves_and_goes(self):
        ann_s, ben_s = (
            ArticleFactory(headline="One", people=["Ann Vale"]),
            ArticleFactory(headline="Two", people=["Ben Roy"]),
        )
        ann, ben = PersonFactory(name="Ann Vale"), PersonFactory(name="Ben Roy")
        aliases = PersonAlias.objects
        assert marked_by(lambda: aliases.create(person=ann, name="A. Vale")) == {ann_s.pk}
        assert marked_by(lambda: aliases.update(name="Annie Vale")) == {ann_s.pk}
        assert marked_by(lambda: aliases.update(person=ben)) == {ann_s.pk, ben_s.pk}
        assert marked_by(lambda: aliases.all().delete()) == {ben_s.pk}


class TestWhatItIsFiledUnder:
    def test_tags_added_removed_set_and_cleared(self):
        kept, harbour, flood = (
            ArticleFactory(),
            TagFactory(name="harbour"),
            TagFactory(name="flood"),
        )
        assert marked_by(lambda: kept.tags.add(harbour)) == {kept.pk}
        assert marked_by(lambda: kept.tags.set([flood])) == {kept.pk}
        assert marked_by(lambda: kept.tags.remove(flood)) == {kept.pk}
        flood.articles.add(kept)
        assert marked_by(flood.articles.clear) == {kept.pk}

    def test_a_tag_that_is_deleted(self):
        kept = ArticleFactory(tags=["harbour"])
        assert marked_by(TagFactory(name="harbour").delete) == {kept.pk}

    @pytest.mark.parametrize("model", [Tag, Section, Source])
    @pytest.mark.parametrize("field", ["name", "slug"])
    def test_a_new_name_or_slug_marks_all_articles_under_it(self, model, field):
        kept = ArticleFactory(tags=["harbour"], section="Harbour")
        elsewhere = Source.objects.create(name="Elsewhere", slug="elsewhere")
        other = ArticleFactory(headline="Other", source=elsewhere, tags=["flood"], section="News")
        renamed = model.objects.filter(articles=kept)
        assert marked_by(lambda: renamed.update(**{field: "quay"})) == {kept.pk}
        assert other.pk not in in_outbox()

    def test_a_new_address_of_the_source_marks_nothing(self):
        ArticleFactory()
        assert marked_by(lambda: Source.objects.update(url="https://courier.example/")) == set()

    def test_what_hangs_on_it_and_is_not_searched_marks_nothing(self):
        kept, other = ArticleFactory(), ArticleFactory(headline="Another")
        assert marked_by(lambda: Media.objects.create(article=kept, title="The quay")) == set()
        assert marked_by(lambda: RelatedArticle.objects.create(article=kept, target=other)) == set()
        assert marked_by(kept.related.all().delete) == set()

    def test_a_section_that_is_deleted(self):
        kept = ArticleFactory(section="Harbour")
        assert marked_by(SectionFactory(name="Harbour").delete) == {kept.pk}


def test_the_row_vanishes_with_a_change_that_is_rolled_back():
    kept = ArticleFactory()
    IndexChange.objects.all().delete()
    with transaction.atomic():
        kept.save()
        assert in_outbox() == {kept.pk}
        transaction.set_rollback(True)
    assert in_outbox() == set()


def test_every_change_leaves_a_row_of_its_own():
    """A drainer may be about to delete the row that waits already."""
    kept = ArticleFactory()
    IndexChange.objects.all().delete()
    kept.save()
    kept.save()
    assert IndexChange.objects.filter(article_id=kept.pk).count() == 2


def test_a_trigger_that_is_gone_is_named_by_the_check_and_put_up_again():
    assert triggers.missing_triggers(connection) == []
    raw(triggers.TRIGGERS[0].drop(connection.vendor))
    assert triggers.missing_triggers(connection) == [triggers.TRIGGERS[0].name]
    [warning] = triggers.check_triggers(databases=["default"])
    assert triggers.TRIGGERS[0].name in warning.msg
    triggers.put_up(connection)
    assert triggers.check_triggers(databases=["default"]) == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite cannot switch triggers off")
def test_a_trigger_that_is_switched_off_counts_as_missing():
    raw(f"ALTER TABLE {Article._meta.db_table} DISABLE TRIGGER USER")
    assert set(triggers.missing_triggers(connection)) == {
        each.name for each in triggers.TRIGGERS if each.table == Article._meta.db_table
    }


class TestMigrations:
    pytestmark = pytest.mark.django_db(transaction=True)

    def test_migrate_puts_the_triggers_up_and_the_due_mark(self):
        triggers.take_down(connection)
        DueMark.objects.all().delete()
        call_command("migrate", verbosity=0)
        assert triggers.missing_triggers(connection) == []
        assert DueMark.objects.count() == 1

    @pytest.mark.parametrize("model", {each.table: None for each in triggers.TRIGGERS})
    def test_every_watched_table_can_be_rebuilt_by_a_migration_of_the_record(self, model):
        migrated = ArticleFactory()
        plan = [(StandInMigration("archive"), False)]
        signals.before_migrate(connection.alias, plan)
        [rebuilt] = [m for m in watched_models() if m._meta.db_table == model]
        rebuild_table(rebuilt)
        IndexChange.objects.all().delete()
        signals.after_migrate(connection.alias, plan)
        assert triggers.missing_triggers(connection) == []
        assert in_outbox() == {migrated.pk}, "what a migration changed, no trigger saw"

    def test_a_migration_of_another_app_leaves_them_up(self):
        ArticleFactory()
        IndexChange.objects.all().delete()
        plan = [(StandInMigration("auth"), False)]
        signals.before_migrate(connection.alias, plan)
        assert triggers.missing_triggers(connection) == []
        signals.after_migrate(connection.alias, plan)
        assert in_outbox() == set()


class StandInMigration:
    def __init__(self, app_label: str):
        self.app_label = app_label


def watched_models() -> list[type[models.Model]]:
    tables = [Article, Mention, Quotation, Person, PersonAlias, Tag, Section, Source]
    return [*tables, Article.tags.through]


def rebuild_table(model: type[models.Model]) -> None:
    """Alter a column to and fro: SQLite makes the table anew for each."""
    old = model._meta.pk
    new = models.IntegerField(primary_key=True)
    new.set_attributes_from_name("id")
    new.model = model
    with connection.schema_editor() as editor:
        if connection.vendor == "sqlite":
            editor._remake_table(model)
        else:
            editor.alter_field(model, old, new)
            editor.alter_field(model, new, old)
