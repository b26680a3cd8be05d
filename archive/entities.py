"""People's full names as a spaCy model sees them, in place of the rules (`archive.full_names`).

Optional: `requirements-spacy.txt`, and a model named by PEOPLE_MODEL. What the model takes for a
person is trimmed as a name is; surnames alone, titles and slips are tied to people as ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from archive.full_names import Namer, could_be_full, full_names, trimmed
from archive.name_pieces import Piece
from archive.name_runs import Run, words_in

if TYPE_CHECKING:
    from spacy.language import Language

LONGEST = 100_000  # characters read at once; a model takes about 1 kB of memory for each
UNUSED = ["tagger", "parser", "attribute_ruler", "lemmatizer"]


@cache
def namer() -> Namer:
    """The rules, or the model that PEOPLE_MODEL names. Raises ImproperlyConfigured."""
    return by_model(loaded(settings.PEOPLE_MODEL)) if settings.PEOPLE_MODEL else full_names


def loaded(model: str) -> Language:
    """An installed spaCy model, with no more of it than finds entities."""
    try:
        import spacy

        return spacy.load(model, exclude=UNUSED)
    except (ImportError, OSError) as error:
        raise ImproperlyConfigured(
            f"PEOPLE_MODEL={model!r} cannot be loaded ({error}). Install requirements-spacy.txt and"
            " the model, or leave PEOPLE_MODEL empty: the rules need neither."
        ) from error


def by_model(model: Language) -> Namer:
    def names(text: str, runs: Sequence[Run]) -> Iterator[Piece]:
        for start in range(0, len(text), LONGEST):
            for entity in model(text[start : start + LONGEST]).ents:
                if entity.label_ == "PERSON":
                    yield from _named(text, start + entity.start_char, start + entity.end_char)

    return names


def _named(text: str, start: int, end: int) -> Iterator[Piece]:
    """The full name that is there, if it is one: without titles, and in one line."""
    words = words_in(text, start, end)
    while len(words) > 2 and words[0].traits.title:
        del words[0]
    if words and "\n" not in text[start:end]:
        piece = trimmed(Piece(words))
        if could_be_full(piece):
            yield piece
