"""The addresses that machines ask: answered before the site asks who calls, under which name.

A load balancer speaks plain http and calls the machine by its number, so neither ALLOWED_HOSTS nor
the redirect to https (SECURE_REDIRECT_EXEMPT) stands in its way; no session is opened, no language
chosen. The guards of every answer are outside of this and stay.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from config.health import healthz, readyz
from config.metrics import metrics

PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    f"/{probe.__name__}": require_safe(probe) for probe in (healthz, readyz, metrics)
}


class ProbeMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        probe = PROBES.get(request.path_info)
        if probe is None:
            return self.get_response(request)
        response = probe(request)
        patch_cache_control(response, no_store=True)
        return response
