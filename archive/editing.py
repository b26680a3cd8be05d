"""Writes: what an article says, with its versions.

An edit may write many rows (texts, tags, people, corrections) and is one version: it is begun, its
rows are written by whoever has them, and it is ended, all in one transaction.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from archive.attribution import quotations_extract
from archive.duplicates import duplicates_find
from archive.extraction import people_extract
from archive.models import Article, Correction, Section, Source, Tag
from archive.rights import NotAllowed, Somebody, require_editing
from archive.selectors import is_public
from archive.versions import QUIETLY, Before, Version, versions_before, versions_keep

RESTORED = ("headline", "standfirst", "body", "byline", "place", "language", "url", "rights")


class EditError(ValidationError):
    """The article cannot be changed so; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit under way: who makes it, and what the article was before."""

    article: Article
    by: User
    before: Before
    was_public: bool


@transaction.atomic
def article_create(*, article: Article, editor: Somebody) -> None:
    """Keep a new article, a draft of `editor`'s. Raises NotAllowed."""
    if not editor.has_perm("archive.add_article"):
        raise NotAllowed(_("This account may not write articles."))
    article.created_by_id = editor.pk
    article.save()


def edit_begin(*, article: Article, editor: Somebody) -> Edit:
    """Nobody else changes the article until the caller's transaction ends. Raises NotAllowed.

    Asked of the article as it is now, which may be another than the caller read.
    """
    by = require_editing(editor, Article.objects.select_for_update().get(pk=article.pk))
    vars(article)[QUIETLY] = True  # its version is kept at the end
    return Edit(article, by, versions_before(articles=[article.pk]), is_public(article))


def edit_moved(*, edit: Edit) -> None:
    """The article was moved in the course of the edit: the hour that this set its move tells."""
    edit.before[edit.article.pk].first_published = edit.article.first_published


def edit_end(*, edit: Edit, reason: str = "", corrections: Collection[Correction] = ()) -> None:
    """Keep the version that the edit has made, if anything is different.

    corrections: the notes that were added with it. What was changed can be shown with them only
    where readers saw the text before and see it now.
    """
    kept = versions_keep(before=edit.before, by=edit.by, reason=reason)
    if kept and edit.was_public and is_public(edit.article):
        notes = Correction.objects.filter(pk__in=[note.pk for note in corrections])
        notes.update(version=kept[0].pk)


@transaction.atomic
def article_restore(
    *, article: Article, version: Version, editor: Somebody, seen: datetime
) -> None:
    """Let the article say again what its `version` says; that is a new version.

    Words and filing come back, and known people and quotations are found anew. Status, hours,
    media and corrections stay as they are. seen: `updated_at` of the article that was looked at.
    Raises NotAllowed, EditError if the article was changed since, and ValidationError if another
    article has its place by now.
    """
    edit = edit_begin(article=article, editor=editor)
    article.refresh_from_db()
    if article.updated_at != seen:
        raise EditError(_("Somebody has changed the article meanwhile. Look at it again."))
    for name in RESTORED:
        setattr(article, name, getattr(version, name))
    article.section = Section.objects.filter(pk=version.section_id).first()
    article.source = Source.objects.filter(pk=version.source_id).first() or article.source
    article.validate_constraints()
    article.save(update_fields=[*RESTORED, "section", "source", "updated_at"])
    article.tags.set(Tag.objects.filter(pk__in=[pk for pk, _name in version.tags]))
    people_extract(articles=[article.pk], newcomers=False)
    quotations_extract(articles=[article.pk])
    duplicates_find(articles=[article.pk])
    when = localize(localtime(version.history_date))
    edit_end(edit=edit, reason=_("The version of %(when)s was restored.") % {"when": when})
