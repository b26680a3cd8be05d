"""Every version of an article is kept, whatever changes it.

An article is its own newest version. As long as it was never changed no row speaks of it, so an
import of a million costs nothing. A change keeps what was before, if no row has it yet, and what is
after: also where something that kept no version changed the article in between. What a version
covers: docs/decisions/0008.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from archive.models import Article, ArticleVersion, Mention

Version = Any  # a row of ArticleVersion, which django-simple-history makes
Before = Mapping[int, Version]
Filed = list[Any]  # pairs of id and name, as JSON keeps them

QUIETLY = "skip_history_when_saving"  # what django-simple-history goes by
COLUMNS = [field.attname for field in ArticleVersion.tracked_fields]
SAID = [name for name in COLUMNS if name != "id"]
MOVED = ("first_published", "date_precision")  # a move may have set it, which its transition tells
ABOUT = ("created_at", "created_by_id", "updated_at")


@contextmanager
def versions_kept(
    *, articles: Collection[int], by: User | None, reason: str = ""
) -> Iterator[None]:
    """Around a change of these articles (ids): keep what they were and what they are then.

    In one transaction. A few hundred articles at a time: their texts are held meanwhile. by: nobody
    at the desk, if it is None.
    """
    with transaction.atomic():
        before = versions_before(articles=articles)
        yield
        versions_keep(before=before, by=by, reason=reason)


def versions_before(*, articles: Collection[int]) -> Before:
    """These articles (ids) as they are before a change, for `versions_keep` after it."""
    return {version.id: version for version in _as_they_are(articles)}


@transaction.atomic
def versions_keep(*, before: Before, by: User | None, reason: str = "") -> list[Version]:
    """Keep those of the articles that are not what they were. Returns their new versions."""
    now = timezone.now()
    changed = [one for one in _as_they_are(before) if not is_same(one, before[one.id])]
    newest = {version.id: version for version in _newest([one.id for one in changed])}
    rows: list[Version] = []
    for one in changed:
        rows += _unless_kept(before[one.id], newest.get(one.id))
        one.history_type, one.history_date = "~", now
        one.history_user, one.history_change_reason = by, reason
        rows.append(one)
    ArticleVersion.objects.bulk_create(rows, batch_size=500)
    return changed


def version_now(article: Article) -> Version:
    """The article as it is, as a version that is not kept."""
    return _as_they_are([article.pk])[0]


def is_same(one: Version, other: Version, names: Collection[str] = SAID) -> bool:
    """Do the two say the same of the article? A tag that was renamed is the same tag."""
    if any(getattr(one, name) != getattr(other, name) for name in names):
        return False
    return _ids(one.tags) == _ids(other.tags) and _ids(one.people) == _ids(other.people)


def _unless_kept(before: Version, newest: Version | None) -> Iterator[Version]:
    """What the article was, if its newest version is another: then nobody knows who made it so."""
    if newest is None:
        yield before
    elif not is_same(before, newest, [name for name in SAID if name not in MOVED]):
        before.history_type, before.history_date = "~", before.changed_at
        before.history_user = None
        yield before


def _as_they_are(ids: Collection[int]) -> list[Version]:
    """A version of each article, not saved, as if it were its first one."""
    tags = _filed(Article.tags.through._default_manager.order_by("tag"), "tag", ids)
    people = _filed(Mention.objects.order_by("position", "pk"), "person", ids)
    articles = Article.objects.filter(pk__in=list(ids)).order_by("pk")
    return [
        _version(row, tags[row["id"]], people[row["id"]])
        for row in articles.values(*COLUMNS, *ABOUT)
    ]


def _version(row: dict[str, Any], tags: Filed, people: Filed) -> Version:
    made, by, changed = (row.pop(name) for name in ABOUT)
    version = ArticleVersion(**row, tags=tags, people=people, history_change_reason="")
    version.history_type, version.history_date, version.history_user_id = "+", made, by
    version.changed_at = changed
    return version


def _filed(links: QuerySet[Any], what: str, ids: Collection[int]) -> Mapping[int, Filed]:
    filed: defaultdict[int, Filed] = defaultdict(list)
    rows = links.filter(article__in=list(ids))
    for article, pk, name in rows.values_list("article_id", f"{what}_id", f"{what}__name"):
        filed[article].append([pk, name])
    return filed


def note_before_save(instance: Article, raw: bool, **_: Any) -> None:
    """For whoever saves an article without asking a service: see `keep_after_save`."""
    if instance.pk and not raw and not hasattr(instance, QUIETLY):
        vars(instance)["_before"] = versions_before(articles=[instance.pk])


def keep_after_save(instance: Article, **_: Any) -> None:
    before = vars(instance).pop("_before", None)
    if before:
        versions_keep(before=before, by=ArticleVersion.get_default_history_user(instance))


def _ids(filed: Filed) -> set[int]:
    return {pk for pk, _name in filed}


def _newest(ids: Collection[int]) -> QuerySet[Any]:
    kept = ArticleVersion.objects.filter(id__in=ids).order_by().values("id")
    newest = kept.annotate(newest=Max("history_id")).values("newest")
    rows: QuerySet[Any] = ArticleVersion.objects.filter(history_id__in=newest)
    return rows
