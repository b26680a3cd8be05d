"""A person of an authority file: a concept of NewsML-G2."""

import re
from collections.abc import Iterator

from lxml import etree

from archive.importers.base import PersonRecord, RecordError
from archive.importers.reading.xml import words
from archive.importers.wires import codes
from archive.importers.wires.g2_item import in_language
from archive.names import name_key

_LANGUAGE = "en"  # a concept alone does not say which of its languages is the file's
_WIKIDATA = re.compile(r"(?:wikidata\.org/(?:wiki|entity)/|\b(?:wd|wikidata):)(Q[1-9]\d*)$")
_NO_PERSON = (
    "a concept of the kind “{}”: of concepts only people are taken in; subjects and places come "
    "with the articles that name them"
)


def person(concept: etree._Element) -> PersonRecord:
    """Raises RecordError for what is no person."""
    kind = concept.find("{*}type")
    code = codes.last_part(kind.get("qcode") or kind.get("uri") or "") if kind is not None else ""
    if code == "event" or concept.find("{*}eventDetails") is not None:
        raise RecordError(codes.AN_EVENT)
    if code != "person":
        raise RecordError(_NO_PERSON.format(code or "not told"))
    names = [one for one in concept.findall("{*}name") if not one.get("part")]
    name = words(in_language(names, _LANGUAGE))
    others = (*names, *concept.iterfind("{*}sameAs/{*}name"))
    return PersonRecord(
        name,
        tuple(other for other in map(words, others) if name_key(other) != name_key(name)),
        "\n".join(filter(None, _notes(concept))),
        _wikidata(concept),
    )


def _notes(concept: etree._Element) -> Iterator[str]:
    """Who it is, and then who it is not."""
    yield words(in_language(concept.findall("{*}definition"), _LANGUAGE))
    notes = concept.findall("{*}note")
    telling_apart = [
        one for one in notes if codes.last_part(one.get("role", "")) == "disambiguation"
    ]
    yield words(in_language(telling_apart or notes, _LANGUAGE))


def _wikidata(concept: etree._Element) -> str:
    for one in concept.iterfind("*"):
        for name in (one.get("uri", ""), one.get("qcode", "")):
            if found := _WIKIDATA.search(name):
                return found[1]
    return ""
