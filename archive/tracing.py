"""Which request, or which run of a command, is going on: one id for all that is logged of it."""

import secrets
from contextvars import ContextVar

trace_id: ContextVar[str] = ContextVar("trace_id", default="")
"""Sixteen hexadecimal digits, or what a proxy of ours sent; "" where neither is going on."""


def begin_trace(id: str = "") -> str:
    """Have what happens from here on, in this thread, go under `id`; under a new one without."""
    id = id or secrets.token_hex(8)
    trace_id.set(id)
    return id
