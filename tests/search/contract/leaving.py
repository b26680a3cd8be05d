"""What stays of documents that left, until it is purged."""

from search.engines.base import Change, Engine, Remains, Shelf
from tests.search.contract.shelves import Articles, document, find, search, tell


def purge(engine: Engine) -> None:
    with engine.writing(10):
        engine.purge()


def tell_among_many(engine: Engine, **bodies: Shelf) -> None:
    """Articles from 1 on, each of one word, among so many that no merge is due soon: a merge purges
    what it merges, and of few articles each commit merges all.
    """
    ours = [Change(n, document(n, body=word), bodies[word]) for n, word in enumerate(bodies, 1)]
    others = (Change(1000 + n, document(1000 + n), list(Shelf)[n % 2]) for n in range(800))
    tell(engine, *ours, *others)


class Leaving:
    def test_what_was_taken_back_or_deleted_remains_until_a_purge(self, engine: Engine) -> None:
        tell_among_many(
            engine,
            kept=Shelf.PUBLIC,
            withdrawn=Shelf.PUBLIC,
            deleted=Shelf.PUBLIC,
            draft=Shelf.DESK,
        )
        assert engine.remains() == Remains(gone=0, replaced=0)
        withdrawn = Change(2, document(2, body="withdrawn"), Shelf.DESK)
        tell(engine, withdrawn, Change(3), Change(4))
        assert engine.remains() == Remains(gone=3, replaced=0)
        purge(engine)
        assert engine.remains() == Remains(gone=0, replaced=0)
        assert find(engine, "kept OR withdrawn OR deleted") == [1]
        assert find(engine, "withdrawn OR draft", Shelf.DESK) == [2]

    def test_an_earlier_text_remains_and_so_does_the_draft_of_what_went_public(
        self, engine: Engine
    ) -> None:
        tell_among_many(engine, harbour=Shelf.PUBLIC, bridge=Shelf.DESK)
        texts = document(1, body="storm"), document(2, body="bridge")
        tell(engine, *(Change(text.id, text, Shelf.PUBLIC) for text in texts))
        assert engine.remains() == Remains(gone=0, replaced=2)
        purge(engine)
        assert engine.remains() == Remains(gone=0, replaced=0)
        assert (find(engine, "storm"), find(engine, "bridge OR harbour")) == ([1], [2])

    def test_what_left_counts_in_no_score_after_a_purge(
        self, engine: Engine, articles: Articles
    ) -> None:
        article = articles(body="harbour bridge")
        articles(body="storm")
        before = search(engine, "harbour").matches
        others = [articles(body="harbour") for _ in range(5)]
        tell(engine, *(Change(id) for id in others))
        purge(engine)
        assert search(engine, "harbour").matches == before
        assert find(engine, "harbour") == [article]

    def test_a_purge_of_what_nothing_left_changes_nothing(
        self, engine: Engine, articles: Articles
    ) -> None:
        purge(engine)
        article, generation = articles(body="harbour"), engine.generation()
        purge(engine)
        assert (find(engine), engine.generation()) == ([article], generation)

    def test_an_index_that_everything_left_is_empty_after_a_purge(
        self, engine: Engine, articles: Articles
    ) -> None:
        tell(engine, *(Change(id) for id in [articles(body="harbour"), articles(body="storm")]))
        purge(engine)
        assert (find(engine), engine.remains()) == ([], Remains(gone=0, replaced=0))
        assert find(engine, "storm") == []
        assert articles(body="bridge") in find(engine)
