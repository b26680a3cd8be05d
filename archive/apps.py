from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save, pre_save
from django.utils.translation import gettext_lazy as _


class ArchiveConfig(AppConfig):
    """The record: what is kept."""

    name = "archive"
    verbose_name = _("Archive")

    def ready(self) -> None:
        from archive import observing, versions  # models can be imported from here on
        from archive.models import Article

        observing.connect()
        post_migrate.connect(after_migrate, sender=self)
        pre_save.connect(versions.note_before_save, sender=Article)
        post_save.connect(versions.keep_after_save, sender=Article)


def after_migrate(**kwargs: Any) -> None:
    """Django has made the permissions of this app by now; the groups that have them follow."""
    from archive.rights import make_groups

    make_groups()
