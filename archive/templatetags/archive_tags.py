"""How the record is written on a page: moments, durations, links onward."""

from datetime import datetime, time

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode

from archive.changes import Change, public_changes
from archive.dating import published_in_digits, published_in_words
from archive.models import Article, Correction, Media
from archive.pictures import Size, size_of

register = template.Library()


@register.filter
def moment(value: datetime) -> str:
    """The date and time in the newsroom's own time; at midnight the date alone.

    A source that gave only the day is kept as its midnight, and nobody published at "midnight".
    """
    local = timezone.localtime(value)
    return date_format(local, "DATE_FORMAT" if local.time() == time() else "DATETIME_FORMAT")


@register.filter
def published(article: Article) -> str:
    """When it was published, with the time if that is known; of a month or year, that alone."""
    if article.first_published and not article.date_precision:
        return moment(article.first_published)
    return published_in_words(article)


register.filter("published_day", published_in_words)
register.filter("published_iso", published_in_digits)


@register.filter
def onward(address: str) -> str:
    """An address that a link may lead to: of the web or of this site; "" for what would run."""
    return address if address.startswith(("https://", "http://", "/")) else ""


@register.filter
def clock(seconds: int) -> str:
    """A duration as players show it: 26:13, 1:02:03."""
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"


@register.simple_tag
def picture_size(photo: Media) -> Size | None:
    """Width and height of a photo, so that nothing on the page moves when it arrives."""
    try:
        with photo.file.open("rb") as file:
            return size_of(file)
    except FileNotFoundError:
        return None


@register.simple_tag
def changes_of(correction: Correction) -> list[Change]:
    """What readers are shown of what a correction changed in the texts."""
    return public_changes(correction)


@register.simple_tag
def search_link(**chosen: str | int) -> str:
    """The address of a search: `{% search_link person=person.slug from=1989 %}`."""
    return f"{reverse('search:search')}?{urlencode(chosen)}"


@register.simple_tag
def languages() -> list[tuple[str, str]]:
    """Those that the site is written in: the code of each, and its name in itself."""
    return settings.LANGUAGES
