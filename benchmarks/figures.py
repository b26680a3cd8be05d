"""The figures of a run: what the table shows and what `--json` writes."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from benchmarks.cold import Cold
from benchmarks.editing import Edit
from benchmarks.footprint import Footprint
from benchmarks.kept import Built
from benchmarks.peers import BACKFILE
from benchmarks.queries import Kind, Query
from benchmarks.rounds import Times


@dataclass(frozen=True, slots=True)
class Figures:
    """Mappings are by the name of the engine. found: totals. cold: from memory and from disk."""

    documents: int
    queries: Sequence[Query]
    found: Sequence[int]
    times: Mapping[str, Times]
    built: Mapping[str, Built]
    held: Mapping[str, Footprint]
    cold: Mapping[str, tuple[Cold, Cold]]
    edit: Edit | None

    def mean(self, name: str, kind: Kind | None = None) -> float:
        """Milliseconds a query, of one kind or of all."""
        of_kind = [kind in (None, query.kind) for query in self.queries]
        return float(self.times[name][np.array(of_kind)].mean())

    def ratio(self, name: str, kind: Kind | None = None) -> float:
        """How many times longer an engine takes than Backfile: the ratio of the means."""
        return self.mean(name, kind) / self.mean(BACKFILE, kind)

    def percentile(self, name: str, percent: float) -> float:
        """Milliseconds within which so many of the queries are answered."""
        return float(np.percentile(self.times[name], percent))

    def as_json(self) -> dict[str, Any]:
        """Milliseconds, and megabytes of a million bytes."""
        return {
            "documents": self.documents,
            "queries": len(self.queries),
            "agree": True,  # otherwise there are no figures
            "ratios": {
                name: {
                    "mean": self.ratio(name),
                    "by_kind": {kind.value: self.ratio(name, kind) for kind in Kind},
                }
                for name in self.times
                if name != BACKFILE
            },
            "backfile_ms": {
                "mean": self.mean(BACKFILE),
                "p50": self.percentile(BACKFILE, 50),
                "p95": self.percentile(BACKFILE, 95),
                "by_kind": {kind.value: self.mean(BACKFILE, kind) for kind in Kind},
            },
            "build": {name: build_json(built) for name, built in self.built.items()},
            "memory": {name: memory_json(held) for name, held in self.held.items()},
            **({"cold": self.cold_json(self.edit)} if self.edit else {}),
        }

    def cold_json(self, edit: Edit) -> dict[str, Any]:
        opened = {
            name: {"from_memory": asdict(memory), "from_disk": asdict(disk)}
            for name, (memory, disk) in self.cold.items()
        }
        return {"opened": opened, "edit": asdict(edit)}


def build_json(built: Built) -> dict[str, float]:
    return {
        "articles_a_second": built.articles / built.seconds,
        "articles_a_processor_second": built.articles / built.processor_seconds,
        "peak_mb": built.peak_bytes / 1e6,
        "index_mb": built.index_bytes / 1e6,
    }


def memory_json(held: Footprint) -> dict[str, float]:
    return {
        "private_mb": held.private / 1e6,
        "proportional_mb": held.proportional / 1e6,
        "before_opening_mb": held.before / 1e6,
    }
