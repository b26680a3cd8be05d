"""Why an article was found, held to what finds it."""

from collections.abc import Iterator

from hypothesis import given

from search.document import Entry, IndexDocument
from search.language import tree
from search.language.parser import parse
from search.request import Facet, SearchRequest
from search.why import Place, Reason, Sighting, reasons
from tests.search.contract.oracle import DOCUMENTS, REQUESTS, found_by, matches
from tests.search.contract.shelves import TODAY, document


def why(query: str, **fields: object) -> tuple[Reason, ...] | None:
    return reasons(SearchRequest(parse(query, TODAY)), document(1, **fields))


def sightings(query: str, **fields: object) -> tuple[Sighting, ...]:
    """Of a query with one part."""
    found = why(query, **fields)
    assert found is not None
    [reason] = found
    return reason.sightings


# As the engine finds it: the contract holds every engine to the same oracle.


@given(DOCUMENTS, REQUESTS)
def test_what_is_found_has_reasons_and_nothing_else_has(
    article: IndexDocument, request: SearchRequest
):
    told = reasons(request, article)
    assert (told is not None) == bool(found_by(request, [article]))


@given(DOCUMENTS, REQUESTS)
def test_every_part_that_holds_is_told_of_with_where_it_stands(
    article: IndexDocument, request: SearchRequest
):
    told = reasons(request, article)
    if told is not None:
        where = {reason.part: reason.sightings for reason in told}
        for leaf in tree.words_of(request.query.tree):
            assert bool(where.get(leaf)) <= matches(leaf, article)
        for leaf in holding(request.query.tree, article):
            assert where[leaf]
        for facet in Facet:
            assert bool(where.get(facet)) == bool(request.chosen(facet))


def holding(node: tree.Node, article: IndexDocument) -> Iterator[tree.Worded]:
    """The words, phrases and beginnings by which the article was found."""
    match node:
        case tree.And(parts) | tree.Or(parts):
            for part in parts:
                if matches(part, article):
                    yield from holding(part, article)
        case tree.Word() | tree.Phrase() | tree.Near() | tree.Prefix() | tree.Quoted():
            yield node


@given(DOCUMENTS, REQUESTS)
def test_what_is_told_stands_there(article: IndexDocument, request: SearchRequest):
    for reason in reasons(request, article) or ():
        for seen in reason.sightings:
            for words in seen.words.split(" … "):
                assert words in text_of(article, seen)


def text_of(article: IndexDocument, seen: Sighting) -> str:
    texts = (article.headline, article.standfirst, article.body, article.byline)
    names = (seen.entry.name, *seen.entry.aliases) if seen.entry else ()
    said = (quote.words for quote in article.quotes)
    return "\n".join((*texts, *names, *said))


# What it says


def test_a_word_is_told_with_its_forms_and_how_often_each_stands_where():
    seen = sightings("flood", headline="Floods", body="The flood. Flooding! A Flood.")
    assert seen == (
        Sighting(Place.HEADLINE, "Floods", differs=True),
        Sighting(Place.TEXT, "flood", 2),
        Sighting(Place.TEXT, "Flooding", differs=True),
    )


def test_what_begins_alike_is_told_place_by_place():
    seen = sightings("floo*", headline="Flood, floor", body="The floor. Flooding.")
    assert [(one.place, one.words) for one in seen] == [
        (Place.HEADLINE, "Flood"),
        (Place.HEADLINE, "floor"),
        (Place.TEXT, "floor"),
        (Place.TEXT, "Flooding"),
    ]


def test_accents_hyphens_and_points_are_no_other_form():
    for query, words in (("cafe", "Café"), ("b52", "B-52"), ("B-52", "b52"), ("US", "U.S.")):
        assert sightings(query, body=words) == (Sighting(Place.TEXT, words),)


def test_a_name_is_told_with_its_bearer():
    dmitry = Entry("dmitry-medvedev", "Dmitry Medvedev", ("Dmitri Medvedev",))
    assert sightings("person:dmitri", people=[dmitry]) == (
        Sighting(Place.PERSON, "Dmitri Medvedev", entry=dmitry),
    )


def test_a_phrase_is_told_as_it_stands_there():
    assert sightings('"not one winter"', body="“Not one—winter!”") == (
        Sighting(Place.TEXT, "Not one—winter"),
    )


def test_words_near_each_other_are_told_each_in_the_order_of_the_text():
    body = "The bridge over the old harbour. A bridge."
    assert sightings('"harbour bridge"~5', body=body) == (Sighting(Place.TEXT, "bridge … harbour"),)


def test_a_quotation_is_told_with_its_speaker():
    ann = Entry("ann-vale", "Ann Vale", ("Annie",))
    said = [("No flood.", ann), ("A flood!", None), ("Rain.", ann)]
    assert sightings("said:flood by:annie", said=said) == (
        Sighting(Place.SAID, "No flood.", entry=ann),
    )


def test_what_was_chosen_is_told_of_beside_what_was_typed():
    request = SearchRequest(parse("flood", TODAY), people=("ann-vale", "ben-roy"))
    article = document(1, body="flood", people=["Ann Vale"])
    chosen = reasons(request, article)[1]
    [ann] = article.people
    assert chosen == Reason(Facet.PERSON, (Sighting(Place.PERSON, "Ann Vale", entry=ann),))


def test_days_and_what_was_to_be_missing_are_told_without_a_place():
    parts = [reason.part for reason in why("date:2009 -storm", published="2009-12-17")]
    assert parts == list(parse("date:2009 -storm", TODAY).tree.parts)
