from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GateConfig(AppConfig):
    """Who comes in, and how often."""

    name = "gate"
    verbose_name = _("Gate")

    def ready(self) -> None:
        from gate import watching  # models can be imported from here on

        watching.connect()
