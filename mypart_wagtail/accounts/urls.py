"""Addresses beside allauth's own."""

from django.urls import URLPattern, URLResolver, path

from mypart_wagtail.accounts import views

app_name = "mypart_accounts"
urlpatterns: list[URLPattern | URLResolver] = [
    # Before allauth's own, at the same addresses.
    path("email/", views.AddressView.as_view(), name="address"),
    path("confirm-email/<str:key>/", views.ConfirmAddressView.as_view(), name="confirm_address"),
    path("confirmation/", views.send_confirmation, name="send_confirmation"),
    path("delete/", views.delete, name="delete"),
]
