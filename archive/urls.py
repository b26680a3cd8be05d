"""The addresses of reading."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from archive import views


class TextConverter(StringConverter):
    """As `str`, but without NUL, which PostgreSQL refuses to compare with anything."""

    regex = r"[^/\x00]+"


register_converter(TextConverter, "text")

app_name = "archive"
urlpatterns = [
    path("", views.home, name="home"),
    path("article/<int:pk>/<str:slug>/", views.article_page, name="article"),
    path("people/", views.people_page, name="people"),
    path("person/<text:slug>/", views.person_page, name="person"),
    path("media/<int:pk>/", views.media_file, name="media"),
]
