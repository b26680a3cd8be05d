"""A word of its own for every field of the record, which stands nowhere else in the world.

The fields are found by introspection: whoever adds one has it watched, without a line here.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from string import ascii_lowercase
from typing import Any, NamedTuple

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models

LETTERS = ascii_lowercase[:20]
WORD = re.compile(r"qzx([a-t])([a-t])([a-z])k", re.IGNORECASE)
BEGINNING = "qzx"

Text = models.CharField | models.TextField | models.JSONField | models.FileField


class Canary(NamedTuple):
    """A field of the record, as `article.headline`, and the name of the state of its article."""

    field: str
    state: str


@cache
def fields() -> tuple[str, ...]:
    """Every field of the record that holds words."""
    return tuple(
        sorted(name_of(field) for model in record() for field in texts_of(model) if is_free(field))
    )


def record() -> list[type[models.Model]]:
    """Every table of ours."""
    configs = (apps.get_app_config(name) for name in ("archive", "search"))
    return list(chain.from_iterable(config.get_models() for config in configs))


def texts_of(model: type[models.Model]) -> Iterator[Text]:
    return (field for field in model._meta.concrete_fields if isinstance(field, Text))


def is_free(field: Text) -> bool:
    """May it hold any word, of eight letters?"""
    return not field.choices and (field.max_length or 100) > len(word(0, "a"))


def name_of(field: Text) -> str:
    return f"{field.model._meta.model_name}.{field.name}"


def canary(field: str, state: str) -> str:
    """The word of a field, for an article in a state (a letter)."""
    return word(fields().index(field), state)


def word(number: int, state: str) -> str:
    """It ends on a letter that no stemmer takes away."""
    first, second = divmod(number, len(LETTERS))
    return f"{BEGINNING}{LETTERS[first]}{LETTERS[second]}{state}k"


def found(text: str) -> set[Canary]:
    """The canaries that stand in a text, by field and letter of the state."""
    return {
        Canary(fields()[number], state)
        for first, second, state in WORD.findall(text.lower())
        if (number := LETTERS.index(first) * len(LETTERS) + LETTERS.index(second)) < len(fields())
    }


Say = Callable[[str, Text], str]
"""What stands in a field instead of its word alone."""


def only(word: str, field: Text) -> str:
    return word


def value_of(field: Text, state: str, say: Say = only) -> Any:
    """The canary, or what is made of it, in the shape that the field wants."""
    word = canary(name_of(field), state)
    if isinstance(field, models.FileField):
        return ContentFile(word.encode(), f"{word}.png")
    if isinstance(field, models.SlugField):
        return word
    if isinstance(field, models.URLField) and say is only:
        return f"https://{word}.example/"
    said = say(word, field)
    if isinstance(field, models.JSONField):
        return [said] if field.default is list else {word: said}
    return said


def values_of(model: type[models.Model], state: str, say: Say = only) -> dict[str, Any]:
    """A canary for every field of a row that holds words."""
    return {f.name: value_of(f, state, say) for f in texts_of(model) if is_free(f)}
