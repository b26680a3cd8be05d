"""Eight short articles in several editions, made so that one can tell which edition a copy is of,
and whether all of it is there.

A state is a number: 0, there is no such article; v, edition v is published; -v, edition v was
withdrawn.
"""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archive.models import Article, Mention, Origin, Person, Source, Status

NUMBERS = range(1, 9)
PEOPLE = ("Jonas Reke", "Marta Ollin")
SOURCE = "Port Almond Courier"

State = int


def marker(number: int, state: State) -> str:
    """A word that is in this edition of this article and nowhere else."""
    return f"ferry{number}edition{abs(state)}"


def headline(number: int, edition: int) -> str:
    return f"Ferry {number} leaves at {edition}"


def paragraphs(number: int, edition: int) -> list[str]:
    fog = "It sailed in fog." + " It sailed in fog." * (20 * edition)
    return [f"The word is {marker(number, edition)}.", fog, "End."]


def person(edition: int) -> str:
    return PEOPLE[edition % 2]


def photo(number: int) -> bytes:
    """Every third article has one. It is larger than a page of memory."""
    return hashlib.sha256(str(number).encode()).digest() * 300 if number % 3 == 0 else b""


def write_source(folder: Path, numbers: range, edition: int) -> Path:
    """A file to import these articles from, with its photos beside it; left alone if it is there:
    an import that is resumed begins anew where its files were touched."""
    folder.mkdir(parents=True, exist_ok=True)
    if (path := folder / f"edition{edition}-{len(numbers)}.jsonl").exists():
        return path
    for number in numbers:
        if data := photo(number):
            (folder / f"{number}.jpg").write_bytes(data)
    lines = [json.dumps(record(number, edition)) + "\n" for number in numbers]
    path.write_text("".join(lines))
    return path


def record(number: int, edition: int) -> dict[str, Any]:
    return {
        "source": SOURCE,
        "external_id": str(number),
        "headline": headline(number, edition),
        "published": f"2009-12-{number:02}T12:00:00+00:00",
        "body": paragraphs(number, edition),
        "people": [person(edition)],
        "media": [{"file": f"{number}.jpg"}] if photo(number) else [],
    }


def write(number: int, state: State) -> None:
    """Make the article this, as an editor would: all of it within the caller's transaction."""
    if state == 0:
        Article.objects.filter(external_id=str(number)).delete()
        return
    article, _ = Article.objects.update_or_create(
        external_id=str(number),
        source=Source.objects.get_or_create(name=SOURCE, defaults={"slug": "courier"})[0],
        defaults={
            "headline": headline(number, abs(state)),
            "body": "\n\n".join(paragraphs(number, abs(state))),
            "status": Status.PUBLISHED if state > 0 else Status.WITHDRAWN,
            "first_published": datetime(2009, 12, number, 12, tzinfo=UTC),
        },
    )
    name = person(abs(state))
    one, _ = Person.objects.get_or_create(name=name, defaults={"slug": name.split()[0].lower()})
    article.mentions.all().delete()
    Mention.objects.create(article=article, person=one, origin=Origin.EDITOR)


def states() -> dict[int, State | str]:
    """What is in the database, by number: the state, or in words what is only part of one."""
    found: dict[int, State | str] = dict.fromkeys(NUMBERS, 0)
    articles = Article.objects.prefetch_related("people", "media")
    for article in articles:
        found[int(article.external_id)] = _state(article)
    return found


def _state(article: Article) -> State | str:
    edition, number = int(article.headline.split()[-1]), int(article.external_id)
    whole = "\n\n".join(paragraphs(number, edition))
    if article.body != whole:
        return f"headline of edition {edition}, another body"
    if [one.name for one in article.people.all()] != [person(edition)]:
        return f"edition {edition} without its person"
    if len(article.media.all()) != bool(photo(number)):
        return f"edition {edition} with {len(article.media.all())} photos"
    for media in article.media.all():
        try:
            kept = media.file.read()
        except OSError as error:
            return f"edition {edition} without its photo ({error})"
        if kept != photo(number):
            return f"edition {edition}, {len(kept)} bytes of its photo"
    return edition if article.status == Status.PUBLISHED else -edition
