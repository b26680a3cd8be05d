"""What a batch comes to: which articles are new, which changed, and whom they name.

Made outside the transaction: it reads the texts, and editors should not have to wait for that.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from archive.importers.writing.prepared import Prepared, url_key
from archive.mentions import NamedPerson, named_in
from archive.models import Article, Origin


class Planned(NamedTuple):
    """An article to be written; `pk` is what the archive knows it by, if it does."""

    prepared: Prepared
    people: tuple[NamedPerson, ...]
    pk: int | None


@dataclass
class Plan:
    new: list[Planned] = field(default_factory=list)
    changed: list[Planned] = field(default_factory=list)
    unchanged: int = 0


def plan(batch: Sequence[Prepared]) -> Plan:
    """Three queries at most, and one more for each further source in `batch`."""
    held = {key: (pk, digest) for key, pk, digest in _held(batch)}
    made = Plan()
    for one in batch:
        pk, digest = held.get(one.key, (None, ""))
        if pk is not None and digest == one.digest:
            made.unchanged += 1
        else:
            (made.new if pk is None else made.changed).append(Planned(one, _people(one), pk))
    return made


def _held(batch: Sequence[Prepared]) -> Iterator[tuple[str, int, str]]:
    """Key, id and digest of what the archive has of `batch`; the oldest of two at one address last.

    The empty values are excluded so that the database may use its indexes of the others.
    """
    by_source: dict[str, dict[str, str]] = defaultdict(dict)
    by_url: dict[str, str] = {}
    for one in batch:
        if one.record.external_id:
            by_source[one.record.source][one.record.external_id] = one.key
        else:
            by_url[one.record.url] = url_key(one.record.url)
    for source, keys in by_source.items():
        rows = Article.objects.filter(source__name=source, external_id__in=keys)
        rows = rows.exclude(external_id="").order_by()
        for external_id, pk, digest in rows.values_list("external_id", "pk", "content_hash"):
            yield keys[external_id], pk, digest
    if by_url:
        rows = Article.objects.filter(url__in=by_url).exclude(url="").order_by("-pk")
        for url, pk, digest in rows.values_list("url", "pk", "content_hash"):
            yield by_url[url], pk, digest


def _people(one: Prepared) -> tuple[NamedPerson, ...]:
    """Those whom the source names; where it says nothing, those whom the text names."""
    record = one.record
    if record.people is not None:
        return tuple(NamedPerson(name, Origin.SOURCE) for name in record.people)
    return named_in(record.headline, record.standfirst, record.body)
