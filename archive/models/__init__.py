"""The record's tables. Import them from here: `from archive.models import Article`."""

from typing import Any

from archive.dating import DatePrecision
from archive.models.article import Article, RelatedArticle, Section, Source, Status, Tag
from archive.models.audit import AuditEntry
from archive.models.correction import Correction
from archive.models.duplicate import ArticlePrint, Duplicate
from archive.models.identity import Likeness, PersonDecision
from archive.models.imports import FetchFailure, ImportBatch, ImportReject
from archive.models.media import Media
from archive.models.person import (
    FormerSlug,
    Mention,
    Origin,
    Person,
    PersonAlias,
    PersonLink,
)
from archive.models.presence import Presence
from archive.models.preview import Preview
from archive.models.quotation import Quotation
from archive.models.right import Right
from archive.models.transition import Transition
from archive.models.upload import Upload

ArticleVersion: Any = Article.versions.model

__all__ = [
    "Article",
    "ArticlePrint",
    "ArticleVersion",
    "AuditEntry",
    "Correction",
    "DatePrecision",
    "Duplicate",
    "FetchFailure",
    "FormerSlug",
    "ImportBatch",
    "ImportReject",
    "Likeness",
    "Media",
    "Mention",
    "Origin",
    "Person",
    "PersonAlias",
    "PersonDecision",
    "PersonLink",
    "Presence",
    "Preview",
    "Quotation",
    "RelatedArticle",
    "Right",
    "Section",
    "Source",
    "Status",
    "Tag",
    "Transition",
    "Upload",
]
