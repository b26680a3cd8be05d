"""After a fault: is everything there that was acknowledged, is nothing there in part or out of
nowhere, and do searches say the truth or that they cannot?

Asked twice: of what the fault left, and once more when the archive has been started again as an
operator would.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from functools import partial
from io import StringIO
from typing import NamedTuple

from django.core.management import CommandError, call_command
from django.db import connection

from archive.models import Article, ImportBatch, ImportReject
from archive.selectors import public_articles
from search import outbox
from search.engines import get_engine
from search.engines.base import IndexUnavailable
from search.language.parser import parse
from search.models import IndexChange
from search.request import SearchRequest
from search.verify import verify
from tests.faults.fiction import NUMBERS, marker, states
from tests.faults.ground import Ground, Tell
from tests.faults.scenarios import Scenario, in_the_index

EDITIONS = (1, 2, 3)


class Problem(NamedTuple):
    """kind: `lost`, `partial`, `phantom`, `unanswered`, or `stuck` (what does not recover)."""

    kind: str
    text: str


KINDS = ("lost", "partial", "phantom", "unanswered", "stuck")


def found_by(ground: Ground, look: Callable[[], Iterable[Problem]]) -> list[Problem]:
    """What a process finds that opens the archive on the ground anew."""

    def work(tell: Tell) -> None:
        for problem in look():
            tell(json.dumps(problem))

    ended = ground.run(work)
    found = [Problem(*json.loads(line)) for line in ended.said]
    return found if ended.how == "done" else [*found, Problem("stuck", f"judged: {ended.how}")]


def problems(scenario: Scenario, said: list[str], may_refuse: bool = False) -> Iterator[Problem]:
    """All that is wrong with an archive which said this before the fault.

    may_refuse: the index may have been damaged; searches then may say so instead of answering.
    """
    yield from unsound_database()
    yield from wrong_states(scenario, said)
    for problem in searched(said):
        if not (may_refuse and problem.kind == "unanswered"):
            yield problem
    if "purged" in said:
        yield from not_purged(scenario)
    scenario.recover()
    start_again()
    yield from not_purged(scenario)
    yield from wrong_states(scenario, said, is_over=scenario.is_resumed)
    for row in IndexChange.objects.all():
        yield Problem("stuck", f"article {row.article_id} stays in the outbox: {row.error}")
    yield from searched()


def searched(said: Iterable[str] = ()) -> Iterator[Problem]:
    """What is wrong with the index, as far as it can be asked."""
    for look in (partial(wrong_generation, said), wrong_index, wrong_answers):
        try:
            yield from look()
        except IndexUnavailable as error:
            yield Problem("unanswered", str(error))


def start_again() -> None:
    """As an operator would: start the worker; if that cannot go on, have the index made anew."""
    try:
        call_command("index_worker", "--once", stdout=StringIO())
    except CommandError:
        call_command("rebuild_index", stdout=StringIO(), stderr=StringIO())
        call_command("index_worker", "--once", stdout=StringIO())


def unsound_database() -> Iterator[Problem]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        if (verdict := cursor.fetchall()) != [("ok",)]:
            yield Problem("partial", f"the database: {verdict[:3]}")
        cursor.execute("PRAGMA foreign_key_check")
        if orphans := cursor.fetchall():
            yield Problem("partial", f"rows that point nowhere: {orphans[:3]}")


def wrong_states(
    scenario: Scenario, said: list[str], *, is_over: bool = False
) -> Iterator[Problem]:
    """Each article stands where it was last said to be, or further along its plan; one whose record
    was set aside, with a reason, may stand where it stood.
    """
    reached = reached_in(scenario, said)
    aside = set(ImportReject.objects.values_list("line", flat=True))
    found = {number: state for number, state in states().items() if number not in aside}
    for number, state in found.items():
        plan = scenario.plan[number]
        if isinstance(state, str):
            yield Problem("partial", f"article {number}: {state}")
        elif state not in plan:
            yield Problem("phantom", f"article {number} is {state}, which it never was")
        elif state not in plan[(len(plan) - 1 if is_over else reached[number]) :]:
            yield Problem("lost", f"article {number} is {state}, and was {plan[reached[number]]}")
    for batch in ImportBatch.objects.exclude(state="finished"):
        done = batch.checkpoint.get("records", 0)
        target = {number: plan[-1] for number, plan in scenario.plan.items()}
        wrong = [n for n in found if (found[n] == target[n]) != (n <= done)]
        if wrong or batch.read != done:
            yield Problem("partial", f"{done} records of a batch are in, but {wrong} say otherwise")


def reached_in(scenario: Scenario, said: list[str]) -> dict[int, int]:
    """How far along its plan each article was said to be: a place in the plan."""
    reached = dict.fromkeys(NUMBERS, 0)
    for line in said:
        number, _, state = line.partition(" ")
        if number.isdigit():
            plan = scenario.plan[int(number)]
            reached[int(number)] = plan.index(int(state), reached[int(number)])
    return reached


def wrong_generation(said: Iterable[str]) -> Iterator[Problem]:
    told = [line.split()[1] for line in said if line.startswith("live ")]
    if told and get_engine().generation() != told[-1]:
        yield Problem("lost", f"{told[-1]} was live, and {get_engine().generation()} is")


def wrong_index() -> Iterator[Problem]:
    """The index against the database, by id and content hash; what is noted as waiting is right."""
    differences = asdict(verify(mend=False))
    for kind, ids in differences.items():
        if ids:
            yield Problem("lost" if kind == "missing" else "phantom", f"index: {kind} {ids}")


def wrong_answers() -> Iterator[Problem]:
    """Each edition's own word finds what is public in that edition, unless it waits to be indexed;
    then it finds that or nothing. What is not public is never found."""
    waiting = set(IndexChange.objects.values_list("article_id", flat=True))
    public = set(public_articles().values_list("pk", flat=True))
    rows = Article.objects.values_list("pk", "external_id", "headline")
    standing = {int(number): (pk, headline.split()[-1]) for pk, number, headline in rows}
    for number in NUMBERS:
        pk, edition = standing.get(number, (0, ""))
        for asked in EDITIONS:
            found = ids_found(marker(number, asked))
            expected = {pk} if str(asked) == edition and pk in public else set()
            if found != expected and not (found <= public and (pk in waiting)):
                yield Problem(
                    "phantom" if found - expected else "lost",
                    f"edition {asked} of article {number}: found {found}, not {expected}",
                )


def not_purged(scenario: Scenario) -> Iterator[Problem]:
    """Words that some file of the index still holds, live or left over."""
    for word in filter(in_the_index, scenario.purged):
        yield Problem("phantom", f"the index holds {word}, which was to be purged")


def ids_found(word: str) -> set[int]:
    """By the public index, as for any page of results."""
    answer = get_engine().search(SearchRequest(parse(word)), hidden=outbox.hidden_ids())
    return {match.id for match in answer.matches}
