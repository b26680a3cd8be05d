"""The addresses of reading."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from archive.views.article import article_page
from archive.views.home import home
from archive.views.media import media_file
from archive.views.people import people_page, person_page


class TextConverter(StringConverter):
    """As `str`, but without NUL, which PostgreSQL refuses to compare with anything."""

    regex = r"[^/\x00]+"


register_converter(TextConverter, "text")

app_name = "archive"
urlpatterns = [
    path("", home, name="home"),
    path("article/<int:pk>/<str:slug>/", article_page, name="article"),
    path("people/", people_page, name="people"),
    path("person/<text:slug>/", person_page, name="person"),
    path("media/<int:pk>/", media_file, name="media"),
]
