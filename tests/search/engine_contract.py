"""What every engine promises: the sentences of `search.engines.base` and `search.request`, tested.

Subclass `EngineContract` with an `engine` fixture that gives an empty engine. No database is
needed.
"""

import pytest

from search.engines.base import Engine
from tests.search.contract.counting import Counting
from tests.search.contract.finding import Finding
from tests.search.contract.keeping import Keeping
from tests.search.contract.leaving import Leaving
from tests.search.contract.naming import Naming
from tests.search.contract.oracle import LikeBruteForce
from tests.search.contract.quoting import Quoting
from tests.search.contract.shelves import Articles, shelving


class EngineContract(Finding, Quoting, Counting, Naming, Keeping, Leaving, LikeBruteForce):
    @pytest.fixture
    def articles(self, engine: Engine) -> Articles:
        """`articles(body="harbour", people=["Ann Vale"])` puts one on the public shelf."""
        return shelving(engine)
