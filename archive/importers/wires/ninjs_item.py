"""A ninjs item of whatever version, with the names of 2.x, and its texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archive.importers.base import RecordError

# What 1.x calls otherwise than 2.x.
_SINCE_2 = {
    "byline": "by",
    "person": "people",
    "organisation": "organisations",
    "place": "places",
    "subject": "subjects",
    "infosource": "infosources",
    "mimetype": "contenttype",
}
# 1.x has a headline, a body and a description for each ending of the name: body_xhtml.
_LISTS_SINCE_2 = {"headline": "headlines", "body": "bodies", "description": "descriptions"}
_DICTS_UNTIL_2 = ("associations", "renditions")


@dataclass(frozen=True, slots=True)
class Item:
    """`values` are those of 2.x by their names there, which have no capitals."""

    values: Mapping[str, object]

    @classmethod
    def of(cls, values: Mapping[str, object]) -> Item:
        """The item as 2.x writes it: 3.x has the same names in camelCase."""
        now: dict[str, object] = {}
        for key, value in values.items():
            name, _, role = key.lower().partition("_")
            if name in _LISTS_SINCE_2 and isinstance(value, str):
                listed = now.setdefault(_LISTS_SINCE_2[name], [])
                if isinstance(listed, list):
                    listed.append({"role": role, "value": value})
            else:
                now[_SINCE_2.get(key.lower(), key.lower())] = value
        for key in _DICTS_UNTIL_2:
            if isinstance(named := now.get(key), dict):
                now[key] = [
                    {"name": name, **one} if isinstance(one, dict) else one
                    for name, one in named.items()
                    if one
                ]
        return cls(now)

    def has(self, key: str) -> bool:
        return self.values.get(key) is not None

    def text(self, key: str) -> str:
        """Raises RecordError if it is no text."""
        value = self.values.get(key)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise RecordError(f"{key} must be a text")
        return str(value).strip()

    def number(self, key: str) -> float:
        """0 where there is none."""
        try:
            return float(self.text(key) or 0)
        except ValueError as error:
            raise RecordError(f"{key} '{self.text(key)}' is no number") from error

    def objects(self, key: str) -> list[Item]:
        """The objects of a list, or the only one. Raises RecordError if it is neither."""
        value = self.values.get(key) or []
        given = value if isinstance(value, list) else [value]
        items = [Item.of(one) for one in given if isinstance(one, dict)]
        if len(items) != len(given):
            raise RecordError(f"{key} must be a list of objects")
        return items

    def names(self, key: str, *, rel: str = "", but: str = "") -> tuple[str, ...]:
        """Those in this relation, if one is given, and not in that `but` one."""
        found = (
            one.text("name")
            for one in self.objects(key)
            if one.text("rel") == (rel or one.text("rel")) and one.text("rel") != (but or None)
        )
        return tuple(filter(None, found))

    def said_as(self, key: str, roles: Iterable[str]) -> str:
        """Of several texts (headlines, descriptions) the one in the first of these roles that any
        is in; "" is the role of one that names none."""
        texts = {one.text("role"): one.text("value") for one in reversed(self.objects(key))}
        return next((text for role in roles if (text := texts.get(role))), "")
