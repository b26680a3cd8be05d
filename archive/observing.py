"""What the audit log learns by watching: deeds that are done by more than one door.

Each observer is called in the transaction of what it sees.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save

from archive.audit import Kind, entry_write
from archive.models import (
    Article,
    ImportBatch,
    Person,
    PersonDecision,
    Preview,
    Section,
    Source,
    Tag,
)

KEPT: tuple[type[Model], ...] = (Article, Person, Section, Source, Tag, User, Group)
"""What leaves an entry when it is deleted, by whichever door."""

POWERS = ("username", "is_active", "is_staff", "is_superuser")
"""What makes an account more than a reader's."""

GIVEN_OR_TAKEN = {"post_add": "+", "post_remove": "-"}


def connect() -> None:
    models: tuple[type[Model], ...] = (*KEPT, Preview)
    for model in models:
        pre_delete.connect(note_deletion, sender=model)
    post_save.connect(note_decision, sender=PersonDecision)
    post_save.connect(note_import, sender=ImportBatch)
    post_save.connect(note_preview, sender=Preview)
    pre_save.connect(note_account, sender=User)
    post_save.connect(note_new_account, sender=User)
    for through in (User.groups.through, User.user_permissions.through, Group.permissions.through):
        m2m_changed.connect(note_rights, sender=through)


def note_deletion(sender: type[Model], instance: Any, origin: Any, **_: Any) -> None:
    """One entry for all that is deleted at once; none for what goes with something else."""
    if isinstance(origin, Model):
        if origin is instance:
            kind = Kind.REVOKED if sender is Preview else Kind.DELETED
            entry_write(kind=kind, subject=getattr(instance, "article", instance))
        return
    if origin.model is not sender or sender is Preview or hasattr(origin, "is_in_the_log"):
        return
    origin.is_in_the_log = True
    count = origin.count()
    if count == 1:
        entry_write(kind=Kind.DELETED, subject=instance)
    else:
        entry_write(kind=Kind.DELETED, called=str(sender._meta.verbose_name_plural), count=count)


def note_decision(instance: PersonDecision, created: bool, **_: Any) -> None:
    if created:
        entry_write(
            kind=Kind.DECIDED, by=instance.by, subject=instance.person, called=str(instance)
        )
    elif instance.undone_at:
        entry_write(
            kind=Kind.UNDECIDED,
            by=instance.undone_by,
            subject=instance.person,
            called=str(instance),
        )


def note_import(instance: ImportBatch, created: bool, **_: Any) -> None:
    if created:
        entry_write(kind=Kind.IMPORTED, subject=instance)


def note_preview(instance: Preview, created: bool, **_: Any) -> None:
    if created:
        until = f"-> {instance.expires_at:%Y-%m-%d %H:%M}"
        entry_write(kind=Kind.PREVIEW, by=instance.made_by, subject=instance.article, note=until)


def note_account(instance: User, raw: bool, update_fields: Any, **_: Any) -> None:
    """What an account may do, its name or its password is about to change."""
    watched = {*POWERS, "password"}
    if raw or not instance.pk or (update_fields and watched.isdisjoint(update_fields)):
        return
    before = User.objects.filter(pk=instance.pk).values(*watched).first()
    if before:
        changed = sorted(name for name in watched if before[name] != getattr(instance, name))
        told = [one if one == "password" else f"{one}={getattr(instance, one)}" for one in changed]
        if told:
            entry_write(kind=Kind.ROLE, subject=instance, note=", ".join(told))


def note_new_account(instance: User, created: bool, raw: bool, **_: Any) -> None:
    if created and not raw:
        powers = [name for name in ("is_staff", "is_superuser") if getattr(instance, name)]
        entry_write(kind=Kind.ROLE, subject=instance, note=", ".join(["new", *powers]))


def note_rights(
    instance: Model, action: str, reverse: bool, model: type[Model], pk_set: Any, **_: Any
) -> None:
    """Somebody joins a group or leaves it, or is given a right; a group is."""
    if action == "pre_clear":
        entry_write(kind=Kind.ROLE, subject=instance, note="- *")
    elif action in GIVEN_OR_TAKEN and pk_set:
        others = model._default_manager.filter(pk__in=pk_set)
        note = GIVEN_OR_TAKEN[action] + " " + ", ".join(names_of(others))
        entry_write(kind=Kind.ROLE, subject=instance, note=note)


def names_of(things: Iterable[Model]) -> list[str]:
    """Of groups and accounts, or the code names of rights."""
    return sorted(one.codename if isinstance(one, Permission) else str(one) for one in things)
