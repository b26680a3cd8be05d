"""What every answer carries, whoever gives it: a view, an error, a redirect, the static files."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

NOT_USED = (
    *("accelerometer", "browsing-topics", "camera"),
    *("display-capture", "geolocation", "gyroscope", "hid", "idle-detection", "magnetometer"),
    *("microphone", "midi", "payment", "publickey-credentials-get", "screen-wake-lock", "serial"),
    *("usb", "xr-spatial-tracking"),
)
ALWAYS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in NOT_USED),
}


class HeadersMiddleware:
    """The others that add headers stand right behind it, before any that answers by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", keeping(request))
        return response


def keeping(request: HttpRequest) -> str:
    """What caches may do with an answer whose view does not say: what is withdrawn has to be gone
    with the next request, so they ask again; what somebody may see by who they are is theirs; and
    nothing of the desk stays anywhere."""
    if request.path.startswith(reverse("admin:index")):
        return "private, no-store"
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    return "private, no-cache" if has_session else "no-cache"
