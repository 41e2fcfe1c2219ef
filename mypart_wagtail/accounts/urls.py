"""Addresses beside allauth's own."""

from django.urls import URLPattern, URLResolver, path

from mypart_wagtail.accounts import views

app_name = "mypart_accounts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("confirmation/", views.send_confirmation, name="send_confirmation"),
    path("delete/", views.delete, name="delete"),
]
