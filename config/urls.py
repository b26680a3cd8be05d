"""Every address of the site. Reading lives in `archive`, finding in `search`."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("search/", include("search.urls")),
    path("", include("archive.urls")),
    path("", include("search.browse.urls")),
]
