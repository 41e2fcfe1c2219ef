from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("organisations/", include("mypart_wagtail.organisations.urls")),
    path("forms/", include("mypart_wagtail.generator.urls")),
    path("offers/", include("mypart_wagtail.grants.urls")),
    path("portal/", include("mypart_wagtail.portal.urls")),
    path("newsletter/", include("mypart_wagtail.newsletter.urls")),
    path("", include(wagtail_urls)),
]
