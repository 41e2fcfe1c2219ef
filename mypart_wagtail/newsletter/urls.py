"""Addresses of the newsletter."""

from django.urls import path

from mypart_wagtail.newsletter import views

app_name = "mypart_newsletter"
urlpatterns = [
    path("", views.subscribe, name="subscribe"),
    path("link/", views.link_sent, name="link_sent"),
    path("<uuid:token>/", views.manage, name="manage"),
    path("<uuid:token>/confirm/", views.confirm, name="confirm"),
    path("<uuid:token>/unsubscribe/", views.unsubscribe, name="unsubscribe"),
]
