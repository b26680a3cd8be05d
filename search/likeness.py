"""Articles about the same: what one is about, asked as a search of its own."""

from collections import Counter
from collections.abc import Iterator

from archive.data import word_list
from archive.models import Article
from archive.selectors import articles_by_id
from search.engines import get_engine
from search.finding import up_to_date
from search.language.parser import Parsed
from search.language.tree import Field, Node, Phrase, Word, either
from search.language.words import stem, tokens
from search.request import Match, SearchRequest

PEOPLE = 4
TAGS = 4
WORDS = 12
"""Of an article that are looked for. More words find hardly better (topics of Reuters-21578) and
take longer: at 200,000 articles twelve took 2 ms, twenty-four 11."""

READ = 2_000
"""Characters of each part that are read for words. Articles say early what they are about."""

WEIGHTS = {"headline": 4, "standfirst": 2, "body": 1}
"""How often a word counts that stands there."""

ALIKE = 0.2
"""The part of what an article scores itself from which on another is about the same."""


def similar(article: Article, limit: int = 6) -> tuple[Article, ...]:
    """The public articles most like `article`, the most alike first, without itself.

    Raises IndexUnavailable. One search for at most PEOPLE + TAGS + WORDS things, and a look into
    the database.
    """
    parts = list(said_in(article))
    if not parts:
        return ()
    request = SearchRequest(query=Parsed(either(parts)), facets=(), limit=limit + 1)
    matches = get_engine().search(request, hidden=up_to_date()).matches
    return tuple(articles_by_id(list(alike(matches, article.pk))[:limit]))


def alike(matches: tuple[Match, ...], article: int) -> Iterator[int]:
    """Those that come near the first, which is the article itself if it is public."""
    for match in matches:
        if match.id != article and match.score >= ALIKE * matches[0].score:
            yield match.id


def said_in(article: Article) -> Iterator[Node]:
    """What an article about the same would have as well.

    Which of its words are rare, and so tell more, only the engine knows: its scores say it.
    """
    people = (mention.person.name for mention in article.mentions.all()[:PEOPLE])
    tags = (tag.name for tag in article.tags.all()[:TAGS])
    yield from (Phrase(name, Field.PERSON) for name in people)
    yield from (Phrase(name, Field.TAG) for name in tags)
    yield from (Word(word) for word in telling_words(article))


def telling_words(article: Article) -> list[str]:
    """The words that an article says most, those of its headline before others; folded."""
    counts = Counter[str]()
    forms: dict[str, str] = {}
    for part, weight in WEIGHTS.items():
        for token in tokens(getattr(article, part)[:READ]):
            if is_telling(token.term):
                forms.setdefault(stem(token.term), token.term)
                counts[stem(token.term)] += weight
    return [forms[stemmed] for stemmed, _ in counts.most_common(WORDS)]


def is_telling(term: str) -> bool:
    return len(term) > 2 and not term[0].isdigit() and term not in word_list("function_words")
