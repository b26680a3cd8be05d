"""An article with all that stands around it on its page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from django.utils.text import Truncator

from archive import selectors
from archive.citing import Reference, writers_of
from archive.models import Article, Correction, Media, Mention, Person, Tag
from archive.said import Said, who_said_what
from archive.selectors import ReadAlso
from archive.typography import curled


@dataclass(frozen=True, slots=True)
class Story:
    """What readers get to see of an article. Every address in it is absolute, with its host."""

    article: Article
    address: str
    mentions: tuple[Mention, ...]
    tags: tuple[Tag, ...]
    media: tuple[Media, ...]
    corrections: tuple[Correction, ...]
    read_also: tuple[ReadAlso, ...]
    said: tuple[Said, ...]
    absolute: Callable[[str], str]

    @classmethod
    def of(cls, article: Article, absolute: Callable[[str], str]) -> Self:
        """absolute: makes the address of a page out of its path. Six queries.

        The people and tags of `article` are kept with it, for whoever asks it again.
        """
        people = Prefetch("mentions", Mention.objects.select_related("person"))
        prefetch_related_objects([article], people, "tags")
        return cls(
            article=article,
            address=absolute(article.get_absolute_url()),
            mentions=tuple(article.mentions.all()),
            tags=tuple(article.tags.all()),
            media=tuple(article.media.all()),
            corrections=tuple(selectors.public_corrections(article)),
            read_also=tuple(selectors.read_also(article)),
            said=tuple(who_said_what(article)),
            absolute=absolute,
        )

    @property
    def title(self) -> str:
        return curled(self.article.title, self.article.language)

    @property
    def standfirst(self) -> str:
        return curled(self.article.standfirst, self.article.language)

    @property
    def paragraphs(self) -> list[str]:
        return [curled(part, self.article.language) for part in self.article.paragraphs]

    @property
    def people(self) -> frozenset[int]:
        """The ids of those whom the article mentions: they have pages of their own."""
        return frozenset(mention.person_id for mention in self.mentions)

    @property
    def description(self) -> str:
        """What stands for the text where there is no room for it."""
        return Truncator(self.standfirst or next(iter(self.paragraphs), self.title)).chars(200)

    @property
    def changed(self) -> datetime | None:
        """When readers were last given another text, as far as anybody knows."""
        known = [correction.when for correction in self.corrections]
        return max([*known, *filter(None, [self.article.last_modified])], default=None)

    @property
    def leading_media(self) -> tuple[Media, ...]:
        """What stands before the text: the first photo, and what is to be heard."""
        return tuple(item for item in self.media if item.kind == "audio" or item is self.picture)

    @property
    def other_media(self) -> tuple[Media, ...]:
        return tuple(item for item in self.media if item not in self.leading_media)

    @property
    def picture(self) -> Media | None:
        """The photo that stands for the article."""
        return next(iter(self.held("photo")), None)

    def held(self, kind: str) -> Iterator[Media]:
        """The media of a kind whose files are in the archive."""
        return (item for item in self.media if item.kind == kind and item.file)

    def address_of(self, shown: Media | Person) -> str:
        return self.absolute(shown.get_absolute_url())


def reference_of(article: Article, address: str) -> Reference:
    """How `article` is cited. address: absolute."""
    published = article.first_published
    return Reference(
        number=article.pk,
        title=curled(article.title, article.language),
        writers=writers_of(article.byline),
        newspaper=article.source.name,
        day=timezone.localdate(published) if published else None,
        precision=article.date_precision,
        language=article.language,
        url=address,
    )
