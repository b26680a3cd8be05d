from django.apps import AppConfig


class SearchConfig(AppConfig):
    """How the record is found."""

    name = "search"
    verbose_name = "Search"
