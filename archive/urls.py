"""The addresses of reading."""

from django.urls import path

from archive import views

app_name = "archive"
urlpatterns = [
    path("", views.home, name="home"),
    path("article/<int:pk>/<str:slug>/", views.article_page, name="article"),
    path("people/", views.people_page, name="people"),
    path("person/<str:slug>/", views.person_page, name="person"),
    path("media/<int:pk>/", views.media_file, name="media"),
]
