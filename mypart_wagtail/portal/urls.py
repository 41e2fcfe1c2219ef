"""Addresses of the portal."""

from django.urls import path

from mypart_wagtail.portal import views

app_name = "mypart_portal"
urlpatterns = [
    path("barrier/", views.barrier, name="barrier"),
    path("messages/<uuid:uuid>/", views.message, name="message"),
    path("messages/confirm/<str:token>/", views.confirm, name="confirm"),
    path("suggestions/", views.suggestions, name="suggestions"),
    path("colours-<slug:digest>.css", views.colours, name="colours"),
]
