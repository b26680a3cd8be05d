"""The table of the versions of an article."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

# What an import or the desk keeps for itself, and what no version brings back: how the article has
# moved stands in its transitions.
NOT_COVERED = (
    "external_id",
    "status",
    "content_hash",
    "imported_fields",
    "batch",
    "created_by",
    "created_at",
    "updated_at",
)
COLUMNS_OF_OTHERS = ("source", "section")


class Filed(models.Model):
    """What an article of that time was filed under: pairs of the id and the name of that time.

    By name as well, since tags and people may be renamed, merged and deleted.
    """

    tags = models.JSONField(_("tags"), default=list)
    people = models.JSONField(_("people"), default=list)

    class Meta:
        abstract = True


class Versions(HistoricalRecords):  # type: ignore[misc]  # it has no type hints
    """A table like the article's own, with who, when and why.

    Rows are written by `archive.versions`, where one edit is one version, however many rows it
    saves. They go when the article is deleted.
    """

    def __init__(self) -> None:
        super().__init__(
            verbose_name=_("version"),
            verbose_name_plural=_("versions"),
            custom_model_name="ArticleVersion",
            bases=(Filed,),
            excluded_fields=NOT_COVERED,
            no_db_index=COLUMNS_OF_OTHERS,
            history_id_field=models.BigAutoField(),
            history_change_reason_field=models.TextField(blank=True),
            cascade_delete_history=True,
        )

    def post_save(self, *_: Any, **__: Any) -> None:
        """Nothing yet: tags and people are saved after the article they belong to."""
