"""A search as a condition that a database can look at without an index.

Words are looked for as they were typed, in a longer word too, and in no other form: `art` is found
in `start`, `ran` not in `run`. How near to each other words stand makes no difference.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import and_, or_

from django.db.models import Exists, Model, OuterRef, Q
from django.utils import timezone

from archive.models import Article, DatePrecision, Mention, Quotation
from search.language import tree
from search.language.words import tokens
from search.request import Facet, SearchRequest

TEXT = ("headline", "standfirst", "body")
COLUMNS = {
    None: TEXT,
    tree.Field.HEADLINE: ("headline",),
    tree.Field.BYLINE: ("byline",),
    tree.Field.SECTION: ("section__name",),
    tree.Field.SOURCE: ("source__name",),
}
"""Where the words of a field stand in an article's own row, or in one that it has one of."""

NAMES: dict[tree.Field | None, tuple[type[Model], tuple[str, ...]]] = {
    tree.Field.PERSON: (Mention, ("person__name", "person__aliases__name")),
    tree.Field.TAG: (Article.tags.through, ("tag__name",)),
}
"""Where they stand in the rows of which an article has any number."""

OF_A_QUOTATION: dict[tree.Field | None, tuple[str, ...]] = {
    tree.Field.SAID: ("text",),
    tree.Field.BY: ("speaker__name", "speaker__aliases__name"),
}

EVERYTHING = Q()
NOTHING = Q(pk__in=())

FIRST_YEAR, LAST_YEAR = 2, 9998
"""Years whose days are moments of UTC in every time zone. Before and after them is no limit."""


def condition(request: SearchRequest) -> Q:
    """The articles that answer to the words and to what is chosen, but for `reach`."""
    return of_choices(request) & of_tree(request.query.tree)


def reach(request: SearchRequest) -> Q:
    """The dates asked for, and whoever has to be in the articles: what the database finds by its
    own indexes.
    """
    people = joined_by(Mention, "person__slug", request.people, all_of_them=request.all_people)
    tags = joined_by(Article.tags.through, "tag__slug", request.tags)
    return all_of([of_days(request), people, tags])


def of_days(request: SearchRequest) -> Q:
    """The days chosen, and those that the words ask for beside whatever else."""
    asked = request.query.tree
    together = asked.parts if isinstance(asked, tree.And) else (asked,)
    found = [of_tree(part) for part in together if isinstance(part, tree.Dated | tree.Undated)]
    if request.undated:
        found.append(Q(first_published=None))
    return all_of([*found, between(request.start, request.end)])


def of_choices(request: SearchRequest) -> Q:
    chosen = [
        Q((f"{facet}__slug__in", known(slugs)))
        for facet in (Facet.SECTION, Facet.SOURCE)
        if (slugs := request.chosen(facet))
    ]
    return all_of([*chosen, joined_by(Quotation, "speaker__slug", request.quoted)])


def joined_by(
    model: type[Model], slug: str, chosen: Collection[str], *, all_of_them: bool = False
) -> Q:
    """Articles of which a row of `model` has one of the chosen slugs; or each of them one row."""
    if not chosen:
        return EVERYTHING
    rows = model._default_manager.filter(KEPT if model is Quotation else EVERYTHING)
    groups = [[value] for value in known(chosen)] if all_of_them else [known(chosen)]
    found = (rows.filter(Q((f"{slug}__in", group))).values("article") for group in groups)
    return all_of(Q(pk__in=articles) for articles in found)


KEPT = Q(dismissed=False, start__isnull=False)
"""Quotations that are some, and still in the text."""


def of_tree(node: tree.Node) -> Q:
    match node:
        case tree.Everything():
            return EVERYTHING
        case tree.And(parts):
            return all_of(map(of_tree, parts))
        case tree.Or(parts):
            return reduce(or_, map(of_tree, parts))
        case tree.Not(part):
            return ~of_tree(part)
        case tree.Dated(start, end):
            return between(start, end)
        case tree.Undated():
            return Q(first_published=None)
        case tree.Quoted(part):
            return Q(
                Exists(Quotation.objects.filter(KEPT, of_quotation(part), article=OuterRef("pk")))
            )
        case _:
            return of_words(node)


def of_words(leaf: tree.Worded) -> Q:
    if columns := COLUMNS.get(leaf.field):
        return holding(columns, leaf)
    model, names = NAMES[leaf.field]
    rows = model._default_manager.filter(holding(names, leaf), article=OuterRef("pk"))
    return Q(Exists(rows))


def of_quotation(node: tree.Node) -> Q:
    """The same of a quotation: words of `tree.QUOTATIONS` in groups."""
    match node:
        case tree.And(parts):
            return all_of(map(of_quotation, parts))
        case tree.Or(parts):
            return reduce(or_, map(of_quotation, parts))
        case tree.Word() | tree.Phrase() | tree.Near() | tree.Prefix():
            return holding(OF_A_QUOTATION[node.field], node)
    return NOTHING


def holding(columns: Iterable[str], leaf: tree.Worded) -> Q:
    """Rows that have the words in one of the columns; words near each other each in any of them."""
    columns = tuple(columns)
    return all_of(
        reduce(
            or_, (Q((f"{column}__icontains", form)) for column in columns for form in forms(text))
        )
        for text in texts_of(leaf)
    )


def texts_of(leaf: tree.Worded) -> list[str]:
    """What has to stand there, without the signs around it."""
    words = list(tokens(leaf.text))
    whole = [(words[0].start, words[-1].end)]
    spans = [(word.start, word.end) for word in words] if isinstance(leaf, tree.Near) else whole
    return [leaf.text[start:end].replace("\0", " ") for start, end in spans]


def forms(text: str) -> set[str]:
    """How it may be written large and small: of other letters than a-z SQLite does not know."""
    return {text} if text.isascii() else {text, text.lower(), text.capitalize(), text.upper()}


def between(start: date | None, end: date | None) -> Q:
    """Published on these days, both included; of a month or a year all of it, as `tree.Dated`."""
    found = Q(first_published__isnull=False) if start or end else EVERYTHING
    if start and start.year >= FIRST_YEAR:
        found &= Q(first_published__gte=midnight(start))
    if end and end.year <= LAST_YEAR:
        behind = end + timedelta(days=1)
        month = behind.replace(day=1)
        found &= Q(first_published__lt=midnight(behind))
        found &= (
            Q(date_precision=DatePrecision.DAY)
            | Q(date_precision=DatePrecision.MONTH, first_published__lt=midnight(month))
            | Q(
                date_precision=DatePrecision.YEAR,
                first_published__lt=midnight(month.replace(month=1)),
            )
        )
    return found


def midnight(day: date) -> datetime:
    """At which a day begins where the newsroom is."""
    return timezone.make_aware(datetime.combine(day, time()))


def known(slugs: Iterable[str]) -> list[str]:
    """Without those that no database can have: PostgreSQL refuses to look for them."""
    return [slug for slug in slugs if "\0" not in slug]


def all_of(conditions: Iterable[Q]) -> Q:
    return reduce(and_, conditions, EVERYTHING)
