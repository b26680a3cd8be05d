"""A function in a process of its own, so that neither memory nor caches of ours count."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

import django

Given = ParamSpec("Given")
Result = TypeVar("Result")


def in_fresh_process(
    function: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs
) -> Result:
    """What the function returns or raises there. It must be one that pickle can name."""
    with ProcessPoolExecutor(1, get_context("spawn"), initializer=django.setup) as pool:
        return pool.submit(function, *args, **kwargs).result()
