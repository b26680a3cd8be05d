"""The addresses of reading."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from archive.citing import FORMATS
from archive.views.article import article_page, citation
from archive.views.home import home
from archive.views.media import media_file
from archive.views.preview import preview_media, preview_page


class EndingConverter(StringConverter):
    """How the file of a citation may end."""

    regex = "|".join(FORMATS)


register_converter(EndingConverter, "ending")

app_name = "archive"
urlpatterns = [
    path("", home, name="home"),
    path("article/<int:pk>/<str:slug>/", article_page, name="article"),
    path("article/<int:pk>/citation.<ending:ending>", citation, name="citation"),
    path("preview/<str:token>/", preview_page, name="preview"),
    path("preview/<str:token>/media/<int:pk>/", preview_media, name="preview-media"),
    path("media/<int:pk>/", media_file, name="media"),
]
