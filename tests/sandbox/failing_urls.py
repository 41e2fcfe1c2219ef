"""The addresses of the sandbox, and one that always fails."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from sandbox.urls import urlpatterns as those_of_the_sandbox


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("On purpose")


urlpatterns = [path("fails/", fail), *those_of_the_sandbox]
