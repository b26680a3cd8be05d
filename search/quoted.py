"""Which quotations answer what a query asks of quotations."""

from collections.abc import Iterable, Iterator

from search.document import Quote
from search.language.tree import And, Field, Near, Node, Or, Phrase, Prefix, Quoted, Word
from search.language.words import stem
from search.numbered import Numbered


def asked_of_quotations(tree: Node) -> Iterator[Node]:
    """What a quotation of the articles found is asked to be; nothing under a `Not`."""
    match tree:
        case Quoted(part):
            yield part
        case And(parts) | Or(parts):
            for part in parts:
                yield from asked_of_quotations(part)


def answering(tree: Node, quotes: Iterable[Quote]) -> Iterator[Quote]:
    """Those of an article that a query may have found it by, in their order."""
    asked = list(asked_of_quotations(tree))
    return (quote for quote in quotes if any(is_true_of(part, quote) for part in asked))


def is_true_of(part: Node, quote: Quote) -> bool:
    """part: as in `Quoted`."""
    match part:
        case And(parts):
            return all(is_true_of(each, quote) for each in parts)
        case Or(parts):
            return any(is_true_of(each, quote) for each in parts)
        case Word() | Phrase() | Near() | Prefix():
            said = part.field is Field.SAID
            texts = [quote.words] if said else names_of(quote)
            return bool(Numbered(texts, stem if said else str).having(part))
    raise TypeError(f"{part!r} is not asked of a quotation.")


def names_of(quote: Quote) -> tuple[str, ...]:
    return (quote.speaker.name, *quote.speaker.aliases) if quote.speaker else ()
