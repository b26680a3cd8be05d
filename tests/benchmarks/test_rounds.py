"""The race: everybody is asked the same, equally often, unless they are too slow."""

import pytest

from benchmarks.rounds import IN_A_ROW, Runner, race


class Silent:
    def show(self, done, total, records): ...

    def say(self, line): ...


class Counting:
    """An engine that notes what it is asked."""

    def __init__(self, name, log):
        self.name, self._log = name, log

    def prepared(self, request):
        return lambda: self._log.append((self.name, request))


@pytest.fixture
def log():
    return []


def raced(queries, log, *, rounds, patience):
    runners = [Runner(Counting(name, log), queries) for name in ("one", "two")]
    race(runners, len(queries), rounds, patience, Silent())
    return runners


def test_every_engine_answers_every_query_in_every_round(queries, log):
    raced(queries, log, rounds=2, patience=60)
    for query in set(queries):
        times = 2 * IN_A_ROW * queries.count(query)
        asked = [log.count((name, query.request)) for name in ("one", "two")]
        assert asked[0] == asked[1] >= times


def test_engines_take_turns_at_each_query_and_at_being_first(queries, log):
    raced(queries[:2], log, rounds=2, patience=60)
    turns = [name for name, _ in log[::IN_A_ROW]]
    assert turns == ["one", "two", "one", "two", "two", "one", "two", "one"]


def test_patience_ends_after_the_first_round_at_the_earliest(queries, log):
    runners = raced(queries[:2], log, rounds=3, patience=0)
    assert [runner.rounds for runner in runners] == [1, 1]


def test_there_is_a_time_for_each_query(queries, log):
    [runner, _] = raced(queries[:3], log, rounds=1, patience=60)
    assert runner.times().shape == (3,)
    assert (runner.times() >= 0).all()
