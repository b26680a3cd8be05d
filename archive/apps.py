from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ArchiveConfig(AppConfig):
    """The record: what is kept."""

    name = "archive"
    verbose_name = "Archive"

    def ready(self) -> None:
        post_migrate.connect(after_migrate, sender=self)


def after_migrate(**_: Any) -> None:
    """Django has made the permissions of this app by now; the groups that have them follow."""
    from archive.rights import make_groups  # models can be imported from here on

    make_groups()
