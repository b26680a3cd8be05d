"""What every engine promises: each sentence of `search.engines.base` and `search.request`, tested.

Subclass `EngineContract` with an `engine` fixture that gives an empty engine. No database is
needed.
"""

import pytest

from search.engines.base import Engine

pytest.register_assert_rewrite("tests.search.contract")

from tests.search.contract.counting import Counting  # noqa: E402  rewritten from here on
from tests.search.contract.finding import Finding  # noqa: E402
from tests.search.contract.keeping import Keeping  # noqa: E402
from tests.search.contract.oracle import LikeBruteForce  # noqa: E402
from tests.search.contract.shelves import Articles, shelving  # noqa: E402


class EngineContract(Finding, Counting, Keeping, LikeBruteForce):
    @pytest.fixture
    def articles(self, engine: Engine) -> Articles:
        """`articles(body="harbour", people=["Ann Vale"])` puts one on the public shelf."""
        return shelving(engine)
