"""A record as the keys and values that `importers.reading.fields` reads, without what is empty."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from archive.dating import in_digits
from archive.importers.base import Record, TagName, said


def values_of(record: Record) -> dict[str, Any]:
    """Lists are lists, of texts where that says all; times are ISO 8601."""
    values = {name: _plain(value) for name, value in said(record).items()}
    if values.pop("precision", ""):
        values["published"] = known_period(record)
    if paragraphs := values.pop("paragraphs", None):
        values["body"] = paragraphs
    if ";" in record.byline:  # in one text it would part two names
        values["byline"] = [record.byline]
    if record.tags:
        values["tags"] = [_tag(tag) for tag in record.tags]
    return values


def known_period(record: Record) -> str:
    """The month or year in which it was published, where no more is known: 1989-03, 1989."""
    if not record.published or not record.precision:
        return ""
    return in_digits(timezone.localdate(record.published), record.precision)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if hasattr(value, "_asdict"):
        kept = value._asdict().items()
        return {name: _plain(one) for name, one in kept if one not in ("", None)}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _tag(tag: TagName) -> str | dict[str, str]:
    return tag.name if tag.kind == "subject" else tag._asdict()
