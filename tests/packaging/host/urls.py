from django.apps import apps
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

ADDRESSES = {
    "mypart_wagtail.portal": "portal/",
    "mypart_wagtail.newsletter": "newsletter/",
    "mypart_wagtail.organisations": "organisations/",
    "mypart_wagtail.generator": "forms/",
    "mypart_wagtail.grants": "offers/",
}

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    *[path(prefix, include(f"{app}.urls")) for app, prefix in ADDRESSES.items() if apps.is_installed(app)],
    path("", include(wagtail_urls)),
]
