"""The figures of a run: what the table shows and what `--json` writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.footprint import Footprint
from benchmarks.kept import Built
from benchmarks.queries import Kind, Query

Times = npt.NDArray[np.float64]
"""float64, the median of each query in milliseconds, in the order of the queries."""


@dataclass(frozen=True, slots=True)
class Figures:
    """All by the name of the engine; "backfile" is among them."""

    documents: int
    queries: Sequence[Query]
    found: Sequence[int]
    times: Mapping[str, Times]
    built: Mapping[str, Built]
    held: Mapping[str, Footprint]

    def mean(self, name: str, kind: Kind | None = None) -> float:
        """Milliseconds a query, of one kind or of all."""
        of_kind = [kind in (None, query.kind) for query in self.queries]
        return float(self.times[name][of_kind].mean())

    def ratio(self, name: str, kind: Kind | None = None) -> float:
        """How many times longer an engine takes than Backfile: the ratio of the means."""
        return self.mean(name, kind) / self.mean("backfile", kind)

    def percentile(self, name: str, percent: float) -> float:
        """Milliseconds within which so many of the queries are answered."""
        return float(np.percentile(self.times[name], percent))

    def as_json(self) -> dict[str, Any]:
        return {
            "documents": self.documents,
            "queries": len(self.queries),
            "agree": True,
            "ratios": {
                name: {
                    "mean": self.ratio(name),
                    "by_kind": {str(kind): self.ratio(name, kind) for kind in Kind},
                }
                for name in self.times
                if name != "backfile"
            },
            "backfile_ms": {
                "mean": self.mean("backfile"),
                "p50": self.percentile("backfile", 50),
                "p95": self.percentile("backfile", 95),
                "by_kind": {str(kind): self.mean("backfile", kind) for kind in Kind},
            },
            "build": {
                name: {
                    "articles_a_second": built.articles / built.seconds,
                    "articles_a_processor_second": built.articles / built.processor_seconds,
                    "peak_mb": built.peak_bytes / 1e6,
                    "index_mb": built.index_bytes / 1e6,
                }
                for name, built in self.built.items()
            },
            "memory": {
                name: {
                    "private_mb": held.private / 1e6,
                    "proportional_mb": held.proportional / 1e6,
                    "before_opening_mb": held.before / 1e6,
                }
                for name, held in self.held.items()
            },
        }
