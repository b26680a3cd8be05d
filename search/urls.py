"""The addresses of finding."""

from django.urls import path

from search import views

app_name = "search"
urlpatterns = [
    path("", views.search_page, name="search"),
    path("suggest/", views.suggestions, name="suggest"),
    path("facet/<str:facet>/", views.facet_values, name="facet"),
]
