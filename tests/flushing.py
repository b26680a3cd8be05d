"""A flushed database has again what the migrations put into it, in four statements.

After a flush Django asks every app what it needs: content types, permissions, our groups. That
takes a tenth of a second after each test that commits, for rows that are always the same.
"""

from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.management import create_contenttypes
from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_migrate

MADE = (ContentType, Permission, Group, Group.permissions.through)


def put_back_what_is_there() -> None:
    """From now on the rows of MADE that are there now come back after each flush."""
    kept = [(model, list(model._default_manager.all())) for model in MADE]

    def put_back(**_: Any) -> None:
        if ContentType.objects.exists():
            return  # it was no flush but a migration, which leaves them
        for model, rows in kept:
            model._default_manager.bulk_create(rows)

    post_migrate.disconnect(create_contenttypes)
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    post_migrate.connect(put_back, sender=next(iter(apps.get_app_configs())), weak=False)
