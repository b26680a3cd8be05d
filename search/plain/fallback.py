"""Pages that are answered from the database while no index can be trusted."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from search.engines.base import IndexUnavailable
from search.metrics import PLAIN_ANSWERS
from search.upkeep.mending import mend_soon

View = Callable[..., HttpResponse]


def or_plainly(plain: View) -> Callable[[View], View]:
    """Where a view raises IndexUnavailable, have `plain` answer the same request instead.

    What it answers is true and so no error, but nobody is to keep it: there is more to say soon.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, **kwargs: object) -> HttpResponse:
            try:
                return view(request, **kwargs)
            except IndexUnavailable as trouble:
                mend_soon(trouble)
            PLAIN_ANSWERS.inc()
            response = plain(request, **kwargs)
            add_never_cache_headers(response)
            return response

        return page

    return decorate
