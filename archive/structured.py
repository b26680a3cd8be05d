"""An article as search engines and other machines read it: schema.org's NewsArticle in JSON-LD."""

import json
from datetime import timedelta
from typing import Any

from django.utils.duration import duration_iso_string
from django.utils.safestring import SafeString

from archive.citing import writers_of
from archive.dating import published_in_digits
from archive.models import Correction, Media
from archive.story import Story

_MARKUP = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def json_ld(story: Story) -> SafeString:
    """The content of a `<script type="application/ld+json">`, which nothing in it can end."""
    return SafeString(json.dumps(news_article(story), ensure_ascii=False).translate(_MARKUP))


def news_article(story: Story) -> dict[str, Any]:
    """https://schema.org/NewsArticle, without what is not known."""
    article = story.article
    known = {
        "headline": story.title,
        "description": story.standfirst,
        "url": story.address,
        "mainEntityOfPage": story.address,
        "inLanguage": article.language,
        "datePublished": published_in_digits(article),
        "dateModified": story.changed and story.changed.isoformat(),
        "author": [thing("Person", name) for name in writers_of(article.byline)],
        "publisher": thing("Organization", article.source.name, url=article.source.url),
        "dateline": article.place,
        "articleSection": article.section and article.section.name,
        "keywords": [tag.name for tag in story.tags],
        "mentions": [
            thing("Person", mention.person.name, url=story.address_of(mention.person))
            for mention in story.mentions
        ],
        "image": [picture(story, photo) for photo in story.held("photo")],
        "audio": [recording(story, audio) for audio in story.held("audio")],
        "correction": [comment(correction) for correction in story.corrections],
        "copyrightNotice": article.rights,
        "expires": article.expires_at and article.expires_at.isoformat(),
        "isAccessibleForFree": True,
    }
    return {"@context": "https://schema.org", **typed("NewsArticle", **known)}


def thing(kind: str, name: str, **known: object) -> dict[str, Any]:
    return typed(kind, name=name, **known)


def typed(kind: str, **known: object) -> dict[str, Any]:
    """Something of a type of schema.org; what is empty is not known."""
    return {"@type": kind} | {name: value for name, value in known.items() if value}


def picture(story: Story, photo: Media) -> dict[str, Any]:
    url = story.address_of(photo)
    return typed("ImageObject", url=url, caption=photo.caption, creditText=photo.credit)


def recording(story: Story, audio: Media) -> dict[str, Any]:
    length = duration_iso_string(timedelta(seconds=audio.duration)) if audio.duration else ""
    return typed(
        "AudioObject", name=audio.title, contentUrl=story.address_of(audio), duration=length
    )


def comment(correction: Correction) -> dict[str, Any]:
    return typed(
        "CorrectionComment", text=correction.text, datePublished=correction.when.isoformat()
    )
