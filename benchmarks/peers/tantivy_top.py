"""tantivy's top 20 and nothing else: no total, no people, no months. What we would like to beat."""

from collections.abc import Callable
from typing import Any

from benchmarks.peers.base import Job
from benchmarks.peers.tantivy import Tantivy
from search.request import SearchRequest


class TantivyTop(Tantivy):
    name = "tantivy_top"
    whole = False

    def prepared(self, request: SearchRequest) -> Callable[[], Any]:
        query = self._query(request)
        return lambda: self.best(query, request.limit)

    def job(self, answer: Any) -> Job:
        return Job(total=0, people=(), months={}, top=tuple(answer))


ENGINE = TantivyTop
