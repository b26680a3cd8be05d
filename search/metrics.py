"""What a search costs, counted for whoever watches the machine. Served by `config.metrics`."""

from prometheus_client import Counter, Histogram

SEARCH_SECONDS = Histogram(
    "backfile_search_seconds",
    "Time that the engine took to answer one search of the search page.",
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0),
)
PLAIN_ANSWERS = Counter(
    "backfile_plain_answers",
    "Pages that the database answered, because no index could be trusted.",
)
