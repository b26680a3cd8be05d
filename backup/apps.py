from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BackupConfig(AppConfig):
    """Copies of the archive, and the way back."""

    name = "backup"
    verbose_name = _("Backup")

    def ready(self) -> None:
        """Before anything is read or written, end the switch of a restore that was cut off."""
        from backup.place import Place
        from backup.switching import finish

        finish(Place.ours())
