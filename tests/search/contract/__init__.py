"""The parts of the engine contract. `tests.search.engine_contract` puts them together."""
