"""How an article is set: its texts with real quotation marks, its files with their sizes."""

from django import template

from archive.models import Article, Media
from archive.typography import curled

register = template.Library()
register.filter("curled", curled)


@register.filter
def title(article: Article) -> str:
    return curled(article.title, article.language)


@register.simple_tag
def file_size(item: Media) -> int | None:
    """Bytes of a file that is held; None where it got lost."""
    try:
        return item.file.size
    except FileNotFoundError:
        return None
