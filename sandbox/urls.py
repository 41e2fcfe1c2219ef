from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from mypart_wagtail.accounts.views import admin_sign_in, page_sign_in
from sandbox.components import components

handler429 = "mypart_wagtail.accounts.views.too_many_requests"
urlpatterns = [
    # Wagtail's sign-in and password pages know nothing of the second factor, so allauth's stand before them.
    path("admin/login/", admin_sign_in),
    path("admin/password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("preferences/", include("mypart_wagtail.urls")),
    # Browsers ask for it wherever a page names no icon.
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}sandbox/crest.svg")),
    *i18n_patterns(
        path("components/", components, name="components"),
        path("accounts/", include("mypart_wagtail.accounts.urls")),
        path("accounts/", include("allauth.urls")),
        path("organisations/", include("mypart_wagtail.organisations.urls")),
        path("news/", include("mypart_wagtail.news.urls")),
        path("publishing/", include("mypart_wagtail.publishing.urls")),
        path("forms/", include("mypart_wagtail.generator.urls")),
        path("offers/", include("mypart_wagtail.grants.urls")),
        path("portal/", include("mypart_wagtail.portal.urls")),
        path("newsletter/", include("mypart_wagtail.newsletter.urls")),
        path("_util/login/", page_sign_in),
        path("", include(wagtail_urls)),
    ),
]

if settings.SERVE_MEDIA:
    urlpatterns.insert(0, re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}))
