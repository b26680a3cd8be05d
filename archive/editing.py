"""Writes: what an article says."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from archive.models import Article
from archive.rights import NotAllowed, Somebody, require_editing


@transaction.atomic
def article_create(*, article: Article, editor: Somebody) -> None:
    """Keep a new article, a draft of `editor`'s. Raises NotAllowed."""
    if not editor.has_perm("archive.add_article"):
        raise NotAllowed(_("This account may not write articles."))
    article.created_by_id = editor.pk
    article.save()


@transaction.atomic
def article_edit(*, article: Article, editor: Somebody, fields: Collection[str]) -> None:
    """Save these fields of the article. Raises NotAllowed.

    Asked of the article as it is now, and nobody else changes it until the transaction ends.
    """
    require_editing(editor, Article.objects.select_for_update().get(pk=article.pk))
    article.save(update_fields=[*fields, "updated_at"])
