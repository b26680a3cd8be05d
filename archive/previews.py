"""Links for review: made, opened and taken back.

A token is signed, so that a made-up one costs no query, and it is random, so that it says nothing
of its article.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.db.models import QuerySet

from archive.models import Article, Preview
from archive.rights import Somebody, require_editing

LASTING_AT_MOST = timedelta(days=30)
OPENED_EVERY = timedelta(minutes=1)
"""So much later an opening is written down again: no review writes a row for each picture."""

_signer = TimestampSigner(salt="archive.preview", sep=".")


@transaction.atomic
def preview_make(*, article: Article, editor: Somebody, lasting: timedelta, now: datetime) -> str:
    """The token of a new link to the article. It is kept nowhere.

    lasting: at most LASTING_AT_MOST, which it is cut to. Raises NotAllowed for whoever may not edit
    the article. What has expired meanwhile is cleared away.
    """
    by = require_editing(editor, article)
    Preview.objects.filter(expires_at__lte=now).delete()
    token = _signer.sign(token_urlsafe(24))
    expires_at = now + min(lasting, LASTING_AT_MOST)
    Preview.objects.create(
        article=article, token_hash=_hash(token), made_by=by, made_at=now, expires_at=expires_at
    )
    return token


def preview_revoke(*, preview: Preview, editor: Somebody) -> None:
    """From now on the link leads nowhere. Raises NotAllowed as `preview_make` does."""
    require_editing(editor, preview.article)
    preview.delete()


def preview_open(*, token: str, now: datetime) -> Preview | None:
    """What a token leads to, with its article; None if it is wrong, expired or taken back."""
    try:
        _signer.unsign(token, max_age=LASTING_AT_MOST)
    except BadSignature:
        return None
    found = previews_at(now).select_related("article__section", "article__source")
    preview = found.filter(token_hash=_hash(token)).first()
    if preview and (preview.opened_at is None or preview.opened_at < now - OPENED_EVERY):
        Preview.objects.filter(pk=preview.pk).update(opened_at=now)
    return preview


def previews_at(now: datetime) -> QuerySet[Preview]:
    """The links that lead somewhere at `now`."""
    return Preview.objects.filter(expires_at__gt=now)


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
