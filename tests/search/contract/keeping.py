"""What is on the shelves after updates and rebuilds, and what may be offered of it."""

import threading
from collections.abc import Iterator

import pytest

from search.document import Entry, IndexDocument
from search.engines.base import Change, Engine, EngineBusy, Shelf
from search.request import Facet
from tests.search.contract.shelves import Articles, counts, document, find, search, tell


class Keeping:
    # Updates

    def test_a_shelf_answers_of_its_own_articles_alone(
        self, engine: Engine, articles: Articles
    ) -> None:
        public = articles(body="harbour", people=["Ann Vale"])
        desk = articles(body="harbour", people=["Ben Roy"], shelf=Shelf.DESK)
        assert find(engine, "harbour") == [public]
        assert find(engine, "harbour", Shelf.DESK) == [desk]
        assert counts(search(engine).facets[Facet.PERSON]) == {"Ann Vale": 1}

    def test_an_update_replaces_what_was_there(self, engine: Engine, articles: Articles) -> None:
        article = articles(headline="Harbour", people=["Ann Vale"], published="2009-12-17")
        articles(id=article, headline="Bridge", people=["Ben Roy"], published="2010-01-01")
        assert find(engine, "harbour") == find(engine, "person:vale") == []
        answer = search(engine, "bridge")
        assert [match.id for match in answer.matches] == [article]
        assert counts(answer.facets[Facet.PERSON]) == {"Ben Roy": 1}
        assert len(search(engine).dates) == 1

    def test_an_article_moves_from_shelf_to_shelf(self, engine: Engine, articles: Articles) -> None:
        article = articles(body="harbour")
        articles(id=article, body="harbour", shelf=Shelf.DESK)
        assert (find(engine), find(engine, shelf=Shelf.DESK)) == ([], [article])
        articles(id=article, body="harbour")
        assert (find(engine), find(engine, shelf=Shelf.DESK)) == ([article], [])

    def test_an_article_that_is_gone_leaves_both_shelves(
        self, engine: Engine, articles: Articles
    ) -> None:
        ids = articles(body="harbour"), articles(body="harbour", shelf=Shelf.DESK)
        tell(engine, *(Change(id) for id in ids))
        assert find(engine) == find(engine, shelf=Shelf.DESK) == []

    def test_removing_what_was_never_there_is_no_error(self, engine: Engine) -> None:
        tell(engine, Change(404))
        assert find(engine) == []

    def test_the_same_update_twice_changes_nothing(self, engine: Engine) -> None:
        change = Change(1, document(1, body="harbour"), Shelf.PUBLIC)
        tell(engine, change)
        once = search(engine, "harbour"), list(engine.contents(Shelf.PUBLIC))
        tell(engine, change)
        assert (search(engine, "harbour").total, list(engine.contents(Shelf.PUBLIC))) == (
            once[0].total,
            once[1],
        )

    def test_the_last_change_of_an_article_in_a_batch_counts(self, engine: Engine) -> None:
        tell(
            engine,
            Change(1, document(1, body="harbour"), Shelf.PUBLIC),
            Change(1, document(1, body="bridge"), Shelf.PUBLIC),
            Change(2, document(2, body="bridge"), Shelf.PUBLIC),
            Change(2),
        )
        assert find(engine) == find(engine, "bridge") == [1]

    def test_an_update_is_all_or_nothing(self, engine: Engine, articles: Articles) -> None:
        article = articles(body="harbour")

        def broken_off() -> Iterator[Change]:
            yield Change(article)
            yield Change(2, document(2, body="storm"), Shelf.PUBLIC)
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError), engine.writing(10):
            engine.update(broken_off())
        assert find(engine) == [article]
        later = articles(id=3, body="theatre")
        assert find(engine, "theatre") == [later]
        assert find(engine, "storm") == []

    def test_contents_are_ids_and_hashes_by_ascending_id(self, engine: Engine) -> None:
        ours = {id: document(id, body=f"number {id}") for id in (30, 4, 11, 7)}
        for article in ours.values():
            tell(engine, Change(article.id, article, Shelf.PUBLIC))
        tell(engine, Change(7), Change(11, renamed := document(11, body="another"), Shelf.PUBLIC))
        assert list(engine.contents(Shelf.PUBLIC)) == [
            (4, ours[4].hash()),
            (11, renamed.hash()),
            (30, ours[30].hash()),
        ]
        assert list(engine.contents(Shelf.DESK)) == []

    def test_only_one_writes_at_a_time(self, engine: Engine) -> None:
        refused = []

        def write_too() -> None:
            with pytest.raises(EngineBusy), engine.writing(0):
                pass
            refused.append(True)

        with engine.writing(0):
            other = threading.Thread(target=write_too)
            other.start()
            other.join()
        assert refused
        with engine.writing(0):
            pass

    # Words to offer

    def test_words_of_headlines_are_offered_the_most_frequent_first(
        self, engine: Engine, articles: Articles
    ) -> None:
        for headline in ("Harbour harvest", "The Harvest", "A Harvest Fair", "Café hares"):
            articles(headline=headline, body="harmless")
        assert engine.words("har", 10) == ["harvest", "harbour", "hares"]
        assert engine.words("HAR", 1) == ["harvest"]
        assert engine.words("café", 5) == ["cafe"]
        assert engine.words("", 5) == []

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("harbuor", "harbour"),
            ("Harbur", "harbour"),
            ("hatbour", "harbour"),
            ("flod", "flood"),
            ("fihs", "fish"),
        ],
    )
    def test_a_slip_is_led_back_to_a_word(
        self, engine: Engine, articles: Articles, typed: str, meant: str
    ) -> None:
        articles(body="fish in the harbour after the flood")
        assert engine.similar_words(typed, 3) == [meant]

    def test_the_nearest_word_is_likeliest_then_the_most_frequent(
        self, engine: Engine, articles: Articles
    ) -> None:
        for body in ("stroke", "strike", "strike", "streaky streaky"):
            articles(body=body)
        assert engine.similar_words("strake", 2) == ["strike", "stroke"]

    def test_a_word_is_not_offered_in_place_of_itself(
        self, engine: Engine, articles: Articles
    ) -> None:
        articles(body="strike")
        assert engine.similar_words("Strike", 3) == []

    def test_nothing_of_a_removed_or_changed_article_is_offered(
        self, engine: Engine, articles: Articles
    ) -> None:
        removed = articles(headline="Zeppelin", people=["Zoe Zed"], tags=["Zinc"])
        changed = articles(headline="Zeppelins", people=["Zoe Zed"], tags=["Zinc"])
        articles(headline="Zebra", body="zebra")
        tell(engine, Change(removed))
        articles(id=changed, headline="Bridge")
        assert engine.words("ze", 5) == ["zebra"]
        assert engine.similar_words("zepelin", 5) == []
        answer = search(engine)
        assert answer.facets[Facet.PERSON] == answer.facets[Facet.TAG] == ()
        assert find(engine, "zep*") == find(engine, "zeppelin") == []

    def test_only_the_public_shelf_offers_words(self, engine: Engine, articles: Articles) -> None:
        articles(headline="Zeppelin", shelf=Shelf.DESK)
        assert engine.words("ze", 5) == engine.similar_words("zepelin", 5) == []

    def test_words_of_hidden_articles_alone_are_not_offered(
        self, engine: Engine, articles: Articles
    ) -> None:
        hidden = [articles(headline="Zeppelin zebra"), articles(headline="Zebra Zulu")]
        articles(headline="Zebra zest")
        assert engine.words("ze", 5, hidden=hidden) == ["zebra", "zest"]
        assert engine.similar_words("zepelin", 5, hidden=hidden) == []
        assert engine.similar_words("zebre", 5, hidden=hidden) == ["zebra"]

    # Rebuilds

    def test_a_rebuild_is_not_seen_before_the_switch(
        self, engine: Engine, articles: Articles
    ) -> None:
        old = articles(body="harbour")
        with engine.rebuild() as rebuild:
            rebuild.add(Shelf.PUBLIC, numbered(10, 11))
            rebuild.add(Shelf.DESK, numbered(12))
            assert find(engine) == [old]
            before = engine.generation()
            with engine.writing(10):
                rebuild.switch()
            assert set(find(engine)) == {10, 11}
            assert engine.generation() != before
        assert (set(find(engine)), find(engine, shelf=Shelf.DESK)) == ({10, 11}, [12])

    def test_the_live_index_takes_updates_during_a_rebuild(
        self, engine: Engine, articles: Articles
    ) -> None:
        with engine.rebuild() as rebuild:
            rebuild.add(Shelf.PUBLIC, numbered(10))
            live = articles(body="harbour")
            assert find(engine, "harbour") == [live]
        assert find(engine) == [live]

    def test_a_rebuild_takes_updates_like_the_live_index(self, engine: Engine) -> None:
        with engine.rebuild() as rebuild:
            rebuild.add(Shelf.PUBLIC, numbered(10, 11, 12))
            rebuild.update(
                [Change(10), Change(11, changed := document(11, body="new"), Shelf.DESK)]
            )
            assert [id for id, _ in rebuild.contents(Shelf.PUBLIC)] == [12]
            assert list(rebuild.contents(Shelf.DESK)) == [(11, changed.hash())]
            with engine.writing(10):
                rebuild.switch()
        assert (find(engine), find(engine, shelf=Shelf.DESK)) == ([12], [11])

    def test_an_abandoned_rebuild_changes_nothing(self, engine: Engine, articles: Articles) -> None:
        article = articles(body="harbour")

        def broken_off() -> Iterator[IndexDocument]:
            yield from numbered(10)
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError), engine.rebuild() as rebuild:
            rebuild.add(Shelf.PUBLIC, broken_off())
        assert find(engine) == [article]
        with engine.rebuild() as rebuild:
            assert list(rebuild.contents(Shelf.PUBLIC)) == []

    def test_one_rebuild_at_a_time_and_everybody_can_see_it(self, engine: Engine) -> None:
        assert not engine.rebuilding()
        with engine.rebuild():
            assert engine.rebuilding()
            with pytest.raises(EngineBusy), engine.rebuild():
                pass
        assert not engine.rebuilding()

    def test_a_rebuild_serves_what_the_update_serves(
        self, engine: Engine, articles: Articles
    ) -> None:
        kept = document(1, "Harbour", "at night", "B-52", people=[Entry("a", "A", ("Al",))])
        tell(engine, Change(1, kept, Shelf.PUBLIC))
        before = search(engine, "harbour b52 person:al")
        with engine.rebuild() as rebuild:
            rebuild.add(Shelf.PUBLIC, [kept])
            with engine.writing(10):
                rebuild.switch()
        assert search(engine, "harbour b52 person:al") == before
        articles(id=2, body="harbour")
        assert set(find(engine, "harbour")) == {1, 2}


def numbered(*ids: int) -> list[IndexDocument]:
    return [document(id, body=f"number {id}") for id in ids]
