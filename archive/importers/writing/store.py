"""What a batch of articles changes in the database, in a number of queries that does not grow with
the number of articles."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.attribution import quotations_extract
from archive.duplicates import duplicates_find
from archive.identity.lookup import current_ids
from archive.importers.base import Note
from archive.importers.journal.counts import Counts
from archive.importers.writing import media, rows
from archive.importers.writing.merge import is_edited, mark, merge_set, merge_values
from archive.importers.writing.plan import Plan, Planned
from archive.importers.writing.rows import References, Wanted, wanted
from archive.importers.writing.taking_back import merge_cancellation, withdraw_taken_back
from archive.inserting import insert
from archive.mentions import COLUMNS, merged, new_mentions
from archive.models import (
    Article,
    Correction,
    ImportBatch,
    Media,
    Mention,
    RelatedArticle,
    Status,
)
from archive.services import moves_note
from archive.versions import versions_kept

OLDER = "an older version than the one in the archive, which was kept"
TagLink = Article.tags.through
Child = TypeVar("Child", Mention, RelatedArticle, Media, Correction)


class VanishedError(Exception):
    """An article went away between being looked up and being updated: look again."""


def write(plan: Plan, batch: ImportBatch | None) -> tuple[Counts, list[Note]]:
    """Bring the articles in, in a transaction of the caller's. Files first: they can be undone by
    nobody, and one that no row names yet does no harm."""
    refs = References.of([*plan.new, *plan.changed])
    _create(plan.new, refs, batch)
    changed = [one.pk for one in plan.changed if one.pk is not None]
    why = _("import %d") % batch.pk if batch else ""
    with versions_kept(articles=changed, by=None, reason=why):
        updated, notes = _update(plan.changed, refs, why)
    return Counts(len(plan.new), updated, plan.unchanged + len(plan.changed) - updated), notes


def keep_files(plan: Plan) -> None:
    for planned in (*plan.new, *plan.changed):
        media.keep(planned.prepared.files)


def _create(planned: Sequence[Planned], refs: References, batch: ImportBatch | None) -> None:
    if not planned:
        return
    wants = [wanted(one, refs) for one in planned]
    rows_made = (_article(one, want, refs, batch) for one, want in zip(planned, wants, strict=True))
    articles = insert(rows_made, keyed=True)
    changes = _Changes()
    for article, want in zip(articles, wants, strict=True):
        changes.people += new_mentions(article.pk, want.people)
        changes.tags += ((article.pk, tag) for tag in want.tags)
        changes.related += rows.pointers(article.pk, want.related)
        changes.media += rows.media_items(article.pk, want.media)
        changes.corrections += (
            rows.correction(article.pk, note) for note in want.corrections.values()
        )
    changes.apply()
    made = [article.pk for article in articles]
    quotations_extract(articles=made)
    duplicates_find(articles=made)


def _article(
    planned: Planned, want: Wanted, refs: References, batch: ImportBatch | None
) -> Article:
    record = planned.prepared.record
    return Article(
        external_id=record.external_id,
        source_id=refs.sources[record.source],
        content_hash=planned.prepared.digest,
        imported_fields=want.remembered(list(want.people)),
        batch=batch,
        **want.values,
    )


def _update(planned: Sequence[Planned], refs: References, why: str) -> tuple[int, list[Note]]:
    """How many articles are different now, and notes on what was kept as it was."""
    if not planned:
        return 0, []
    held = _Held.of([one.pk for one in planned if one.pk is not None])
    newer, notes = _newer(planned, held)
    wants = [(article, wanted(one, refs).not_first_now(article)) for one, article in newer]
    taken_back = withdraw_taken_back(wants)
    origins = {article.pk: article.status for article, _want in wants}
    changes = _Changes()
    updated = 0
    columns = {"content_hash", "imported_fields", "updated_at"}
    for (one, article), (_article, want) in zip(newer, wants, strict=True):
        updated += _merge(article, want, held, changes) or article.pk in taken_back
        if article.pk in taken_back:  # by its source, which may let it out again
            article.imported_fields["status"] = mark(Status.WITHDRAWN)
        article.content_hash = one.prepared.digest
        columns.update(want.values)
    changes.apply()
    Article.objects.bulk_update([article for article, _want in wants], columns)
    moved = {article.pk: article.status for article, _want in wants}
    moves_note(origins=origins, targets=moved, now=timezone.now(), reason=why)
    quotations_extract(articles=moved)
    duplicates_find(articles=moved)
    return updated, notes


def _newer(
    planned: Sequence[Planned], held: "_Held"
) -> tuple[list[tuple[Planned, Article]], list[Note]]:
    """Those that are no older than what the archive has, and a note on each of the others."""
    newer, notes = [], []
    for one in planned:
        article = held.articles.get(one.pk or 0)
        if article is None:
            raise VanishedError
        if _is_older(one, article):
            notes.append(Note(one.prepared.entry.file, one.prepared.entry.line, OLDER))
        else:
            newer.append((one, article))
    return newer, notes


def _is_older(planned: Planned, article: Article) -> bool:
    """Whether the record says itself that it is older than what was last imported."""
    modified, held = planned.prepared.record.modified, article.last_modified
    if modified is None or held is None or is_edited(article, "last_modified", held):
        return False
    return modified < held


def _merge(article: Article, want: Wanted, held: "_Held", changes: "_Changes") -> bool:
    """Bring into `article` what no editor decided otherwise. Whether anything is different now."""
    if want.values["status"] == Status.WITHDRAWN:
        return merge_cancellation(article, want)
    before = changes.size
    is_different = merge_values(article, want.undecided(article))
    people = _merge_people(article, want, held, changes)
    _merge_tags(article, want, held.tags[article.pk], changes)
    _merge_corrections(article, want, held.corrections[article.pk], changes)
    pointers, items = held.related[article.pk], held.media[article.pk]
    now = tuple(map(rows.pointer_row, pointers))
    if now != want.related and not is_edited(article, "related", now):
        changes.drop(pointers)
        changes.related += rows.pointers(article.pk, want.related)
    now_held = tuple(map(rows.media_row, items))
    if now_held != want.media and not is_edited(article, "media", now_held):
        changes.drop(items)
        changes.media += rows.media_items(article.pk, want.media)
    article.imported_fields = want.remembered(people)
    if is_different or changes.size != before:
        article.updated_at = timezone.now()
        return True
    return False


def _merge_people(
    article: Article, want: Wanted, held: "_Held", changes: "_Changes"
) -> Sequence[int]:
    """Returns whom the article is to remember."""
    mentions = held.people[article.pk]
    before = article.imported_fields.get("people", [])
    if mentions and not article.content_hash:
        before = want.people  # written by hand: whom the editor did not list is not added
    now = merged(article.pk, mentions, want.people, before, held.current)
    changes.people += now.added
    changes.named_otherwise += now.changed
    changes.drop(now.dropped)
    return now.remembered


def _merge_tags(article: Article, want: Wanted, held: dict[int, int], changes: "_Changes") -> None:
    change = merge_set(article, "tags", held, want.tags)
    changes.tags += ((article.pk, tag) for tag in want.tags if tag in change.add)
    changes.dropped[TagLink] += (pk for tag, pk in held.items() if tag in change.drop)


def _merge_corrections(
    article: Article, want: Wanted, held: list[Correction], changes: "_Changes"
) -> None:
    """Add what the source has not said before; what it said once was right, and stays."""
    change = merge_set(article, "corrections", [mark(one.text) for one in held], want.corrections)
    changes.corrections += (
        rows.correction(article.pk, note)
        for key, note in want.corrections.items()
        if key in change.add
    )


@dataclass
class _Held:
    """Articles and what hangs on them, as the database has them; tags with the id of the link.

    current: who those are now whom the articles remember and who were merged into others.
    """

    articles: dict[int, Article]
    people: dict[int, list[Mention]]
    current: dict[int, int]
    tags: dict[int, dict[int, int]]
    related: dict[int, list[RelatedArticle]]
    media: dict[int, list[Media]]
    corrections: dict[int, list[Correction]]

    @classmethod
    def of(cls, pks: Sequence[int]) -> "_Held":
        tags: dict[int, dict[int, int]] = defaultdict(dict)
        links = TagLink._default_manager.filter(article__in=pks)
        for pk, article_id, tag_id in links.values_list("pk", "article_id", "tag_id"):
            tags[article_id][tag_id] = pk
        articles = Article.objects.select_for_update().order_by().in_bulk(pks)
        named = (pk for one in articles.values() for pk in one.imported_fields.get("people", ()))
        return cls(
            articles,
            _by_article(Mention.objects.filter(article__in=pks)),
            current_ids(named),
            tags,
            _by_article(RelatedArticle.objects.filter(article__in=pks)),
            _by_article(Media.objects.filter(article__in=pks)),
            _by_article(Correction.objects.filter(article__in=pks)),
        )


def _by_article(children: Iterable[Child]) -> dict[int, list[Child]]:
    grouped: dict[int, list[Child]] = defaultdict(list)
    for child in children:
        grouped[child.article_id].append(child)
    return grouped


@dataclass
class _Changes:
    """What is to be added to and dropped from what hangs on the articles of a batch. Tags are pairs
    of the article's id and the tag's."""

    people: list[Mention] = field(default_factory=list)
    named_otherwise: list[Mention] = field(default_factory=list)
    related: list[RelatedArticle] = field(default_factory=list)
    media: list[Media] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    tags: list[tuple[int, int]] = field(default_factory=list)
    dropped: dict[type[Model], list[int]] = field(default_factory=lambda: defaultdict(list))

    @property
    def size(self) -> int:
        added = len(self.people) + len(self.named_otherwise) + len(self.related) + len(self.media)
        added += len(self.tags) + len(self.corrections)
        return added + sum(len(pks) for pks in self.dropped.values())

    def drop(self, children: Iterable[Child]) -> None:
        for child in children:
            self.dropped[type(child)].append(child.pk)

    def apply(self) -> None:
        for model, pks in self.dropped.items():
            # Without signals, as all bulk writes here: nobody is to follow before the commit.
            rows_dropped = model._default_manager.filter(pk__in=pks)
            rows_dropped._raw_delete(rows_dropped.db)
        Mention.objects.bulk_update(self.named_otherwise, COLUMNS)
        insert(self.people)
        RelatedArticle.objects.bulk_create(self.related)
        Media.objects.bulk_create(self.media)
        Correction.objects.bulk_create(self.corrections)
        insert(TagLink(article_id=article_id, tag_id=tag_id) for article_id, tag_id in self.tags)
