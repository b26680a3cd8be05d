"""The site as it is, with one page more: a template that shows nothing but itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from config.urls import urlpatterns as site

STILL = "still.html"


def still(request: HttpRequest) -> HttpResponse:
    return render(request, STILL)


urlpatterns = [path("still/", still), *site]
