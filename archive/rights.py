"""Who may do what. Every service asks here; what the desk hides is only what would be refused."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.models import Article, Right, Status

Somebody = User | AnonymousUser


class NotAllowed(PermissionDenied):
    """This account may not do that; nothing was changed. Says what is missing."""


class Role(models.TextChoices):
    """The groups that there are from the start, each with all that the one before may do.

    contributor: reads the desk, writes drafts and sends them to review. editor: edits what others
    wrote, publishes and withdraws, decides about people. chief: everything, also for many articles
    at once, and for good.
    """

    CONTRIBUTOR = "Contributors", gettext_lazy("contributor")
    EDITOR = "Editors", gettext_lazy("editor")
    CHIEF = "Chiefs", gettext_lazy("chief")


# What is edited on an article's page, and with it.
PARTS = ("mention", "quotation", "media", "relatedarticle")
CONTRIBUTED = ("add_article", "change_article", "add_person", Right.SUBMIT)
# Deleted by chiefs only: much hangs on each, and no undoing brings it back.
KEPT = ("article", "importbatch", "importreject", "person", "section", "source", "tag")


def make_groups() -> None:
    """Make the groups of the roles that are missing. One that exists keeps the rights it has."""
    for role in Role:
        group, is_new = Group.objects.get_or_create(name=role)
        if is_new:
            # Nobody gave these, so the audit log need not see it.
            through = group.permissions.through
            rows = [through(group=group, permission=one) for one in permissions_of(role)]
            through.objects.bulk_create(rows)


def permissions_of(role: Role) -> Iterable[Permission]:
    """What a role may do with the record, from the start."""
    ours = Permission.objects.filter(content_type__app_label="archive")
    if role is Role.CHIEF:
        return ours
    if role is Role.EDITOR:
        deleting = [f"delete_{model}" for model in KEPT]
        return ours.exclude(codename__in=[Right.CHANGE_MANY, *deleting])
    of_parts = Q(content_type__model__in=PARTS)
    return ours.filter(Q(codename__startswith="view_") | of_parts | Q(codename__in=CONTRIBUTED))


def require(editor: Somebody, right: Right) -> User:
    """Who it is. Raises NotAllowed for whoever has not this right."""
    if not has_right(editor, right):
        raise NotAllowed(_("This account lacks a right: “%(right)s”.") % {"right": right.label})
    assert isinstance(editor, User)  # noqa: S101  nobody else has rights
    return editor


def has_right(editor: Somebody, right: Right) -> bool:
    return editor.has_perm(f"archive.{right}")


def require_editing(editor: Somebody, article: Article) -> User:
    """Who it is. Raises NotAllowed for whoever may not edit the article as it is now."""
    if may_edit(editor, article):
        assert isinstance(editor, User)  # noqa: S101  nobody else has rights
        return editor
    if not editor.has_perm("archive.change_article"):
        raise NotAllowed(_("This account may not edit articles."))
    raise NotAllowed(
        _("This account may edit only its own drafts. “%(title)s” is %(status)s.")
        % {"title": article.title, "status": article.get_status_display()}
    )


def may_edit(editor: Somebody, article: Article) -> bool:
    """Any article with the right to, otherwise one's own as long as it is a draft."""
    if not editor.has_perm("archive.change_article"):
        return False
    is_own = article.created_by_id is not None and article.created_by_id == editor.pk
    return has_right(editor, Right.EDIT_ANY) or (is_own and article.status == Status.DRAFT)
