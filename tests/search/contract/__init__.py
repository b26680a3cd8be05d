"""The parts of the engine contract. `tests.search.engine_contract` puts them together."""

import pytest

# pytest explains the asserts of test files only, unless told before the import.
for part in ("counting", "finding", "keeping", "oracle"):
    pytest.register_assert_rewrite(f"{__name__}.{part}")
