"""Every address of the site. Reading lives in `archive`, finding in `search`."""

from django.contrib import admin
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from archive.admin.on_site import on_site

handler400 = "gate.answers.bad_request"

urlpatterns = [
    path("admin/r/<int:content_type_id>/<int:object_id>/", admin.site.admin_view(on_site)),
    path("admin/", admin.site.urls),
    # Exempt, so that no page needs a token and nobody who only reads is given a cookie. At most
    # another site could have somebody's next page written in another language.
    path("language/", csrf_exempt(set_language), name="set_language"),
    path("search/", include("search.urls")),
    path("", include("archive.urls")),
    path("", include("search.browse.urls")),
]
