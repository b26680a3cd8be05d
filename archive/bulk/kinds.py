"""The kinds of change there are, by the name that they are kept under."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.bulk.base import Change
from archive.bulk.filing import SetSection, SetSource
from archive.bulk.moves import Publish, Withdraw
from archive.bulk.tagging import AddPerson, AddTags, MergeTags, RemoveTags


class Kind(models.TextChoices):
    PUBLISH = "publish", _("publish")
    WITHDRAW = "withdraw", _("withdraw")
    ADD_TAGS = "add_tags", _("add tags")
    REMOVE_TAGS = "remove_tags", _("remove tags")
    SECTION = "section", _("set the section")
    SOURCE = "source", _("change the source")
    PERSON = "person", _("add a person")
    MERGE_TAGS = "merge_tags", _("merge two tags")


CHANGES: Mapping[Kind, Any] = {
    Kind.PUBLISH: Publish,
    Kind.WITHDRAW: Withdraw,
    Kind.ADD_TAGS: AddTags,
    Kind.REMOVE_TAGS: RemoveTags,
    Kind.SECTION: SetSection,
    Kind.SOURCE: SetSource,
    Kind.PERSON: AddPerson,
    Kind.MERGE_TAGS: MergeTags,
}


def change_from(kind: str, params: Mapping[str, Any]) -> Change:
    """The change that was kept as a kind and the values of its fields."""
    change: Change = CHANGES[Kind(kind)](**params)
    return change
