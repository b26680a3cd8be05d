"""A database that holds a corpus, and the index made of it."""

from collections.abc import Callable, Sequence
from itertools import islice
from typing import TypeVar

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from archive.models import Article, Mention, Person, Section, Source, Status, Tag
from archive.names import name_key
from benchmarks.corpus import Corpus
from benchmarks.names import SECTIONS, SOURCES, TAGS, people
from search import triggers
from search.document import Entry, IndexDocument
from search.models import DueMark
from search.rebuild import rebuild

CHUNK = 5_000

Progress = Callable[[int, int], None]
Filed = TypeVar("Filed", Person, Tag, Section, Source)
Ids = dict[str, int]

Tagging = Article.tags.through


def is_archived(corpus: Corpus) -> bool:
    """Was `archive` done to its end?"""
    call_command("migrate", verbosity=0)
    complete = DueMark.objects.exists() and Article.objects.count() == corpus.size
    return complete and not triggers.missing_triggers(connection)


def archive(corpus: Corpus, progress: Progress) -> None:
    """Write the corpus into an empty database, then make the index. progress: (done, in all)."""
    triggers.take_down(connection)  # an index is made of all of it afterwards
    ids = {
        Person: made(Person, people()),
        Tag: made(Tag, TAGS),
        Section: made(Section, SECTIONS),
        Source: made(Source, SOURCES),
    }
    documents = iter(corpus)
    done = 0
    while chunk := list(islice(documents, CHUNK)):
        write(chunk, ids)
        done += len(chunk)
        progress(done, corpus.size)
    triggers.put_up(connection)
    DueMark.objects.update_or_create(pk=1, defaults={"until": timezone.now()})
    rebuild(progress)


def made(model: type[Filed], entries: Sequence[Entry]) -> Ids:
    """One row for each entry; their ids by slug."""
    rows = [model(slug=entry.slug, name=entry.name) for entry in entries]
    for row in rows:
        if isinstance(row, Person):
            row.key = name_key(row.name)
    model.objects.bulk_create(rows, batch_size=CHUNK)
    return dict(model.objects.values_list("slug", "pk"))


@transaction.atomic
def write(documents: list[IndexDocument], ids: dict[type[Model], Ids]) -> None:
    Article.objects.bulk_create(article(document, ids) for document in documents)
    Mention.objects.bulk_create(
        Mention(article_id=document.id, person_id=ids[Person][person.slug], position=position)
        for document in documents
        for position, person in enumerate(document.people)
    )
    Tagging.objects.bulk_create(
        Tagging(article_id=document.id, tag_id=ids[Tag][tag.slug])
        for document in documents
        for tag in document.tags
    )


def article(document: IndexDocument, ids: dict[type[Model], Ids]) -> Article:
    return Article(
        pk=document.id,
        source_id=ids[Source][document.source.slug],
        section_id=ids[Section][document.section.slug] if document.section else None,
        headline=document.headline,
        standfirst=document.standfirst,
        body=document.body,
        first_published=document.published,
        status=Status.PUBLISHED,
    )
