"""The Whoosh engine keeps the contract."""

from pathlib import Path

import pytest

from search.engines.whoosh.engine import WhooshEngine
from tests.search.engine_contract import EngineContract
from tests.search.whoosh.signed import engine_in


class TestWhooshEngine(EngineContract):
    @pytest.fixture
    def engine(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WhooshEngine:
        # Ten times faster; nobody cuts the power. What fsync is for is held by test_durable.py.
        monkeypatch.setattr("os.fsync", lambda descriptor: None)
        return engine_in(tmp_path / "index")
