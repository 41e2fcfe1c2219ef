"""Addresses of the core. Optional: where a host leaves them out, the base template has no switches, and the
doctor cannot try the proxy.
"""

from django.urls import path

from mypart_wagtail import views

app_name = "mypart"
urlpatterns = [
    path("display/", views.choose_display, name="display"),
    path("arrival/", views.tell_arrival, name="arrival"),
]
