"""The addresses of finding."""

from django.urls import path, register_converter

from search import views
from search.facet_views import facet_values
from search.request import Facet
from search.why_view import why


class FacetConverter:
    """The name of a facet in a path; any other name is no page."""

    regex = "|".join(Facet)

    def to_python(self, value: str) -> Facet:
        return Facet(value)

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(FacetConverter, "facet")

app_name = "search"
urlpatterns = [
    path("", views.search_page, name="search"),
    path("suggest/", views.suggestions, name="suggest"),
    path("dates/", views.dates_read, name="dates"),
    path("facet/<facet:facet>/", facet_values, name="facet"),
    path("why/<int:pk>/", why, name="why"),
]
