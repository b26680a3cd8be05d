"""From the desk to the page that readers see, for whoever may see the thing at the desk."""

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404


def on_site(request: HttpRequest, content_type_id: int, object_id: int) -> HttpResponse:
    """Stands before Django's own, which tells any account at the desk the address of anything, and
    with it the headline of what it may not read."""
    model = get_object_or_404(ContentType, pk=content_type_id).model_class()
    shown = admin.site._registry.get(model) if model else None
    thing = shown.get_object(request, str(object_id)) if shown else None
    if shown is None or thing is None or not shown.has_view_permission(request, thing):
        raise Http404
    response: HttpResponse = shortcut(request, content_type_id, object_id)
    return response
