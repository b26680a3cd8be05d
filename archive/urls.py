"""The addresses of reading."""

from django.urls import path

from archive.views.article import article_page
from archive.views.home import home
from archive.views.media import media_file


app_name = "archive"
urlpatterns = [
    path("", home, name="home"),
    path("article/<int:pk>/<str:slug>/", article_page, name="article"),
    path("media/<int:pk>/", media_file, name="media"),
]
