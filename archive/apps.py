from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """The record: what is kept."""

    name = "archive"
    verbose_name = "Archive"
