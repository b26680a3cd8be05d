"""Where a page stands: the trail that leads to it, and its one address."""

from typing import NamedTuple

from django.http import HttpRequest
from django.utils.http import urlencode


class Crumb(NamedTuple):
    """A page by name. `url` is "" for the page that it stands on."""

    name: str
    url: str = ""


def canonical(request: HttpRequest, path: str = "", **kept: str | int) -> str:
    """The absolute address of what is shown, with the parameters that make a difference.

    path: where it is not that of the request. kept: what is "" or the first page is left out.
    """
    told = {name: value for name, value in kept.items() if value and (name, value) != ("page", 1)}
    address = request.build_absolute_uri(path or request.path)
    return f"{address}?{urlencode(told)}" if told else address
