from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """How the record is found."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from search import signals, triggers  # models can be imported from here on

        signals.connect(self)
        checks.register(triggers.check_triggers, checks.Tags.database)
