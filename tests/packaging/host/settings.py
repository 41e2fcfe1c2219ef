"""A host that installs what ``HOST_APPS`` names, in that order, and speaks as ``HOST_LANGUAGES`` says."""

import os
from pathlib import Path

VAR = Path(os.environ["HOST_VAR"])
OURS = os.environ["HOST_APPS"].split()
WAGTAIL = [
    *("wagtail.contrib.forms", "wagtail.contrib.redirects", "wagtail.contrib.routable_page"),
    "wagtail.contrib.settings",
    *(
        "wagtail.embeds",
        "wagtail.sites",
        "wagtail.users",
        "wagtail.snippets",
        "wagtail.documents",
        "wagtail.images",
    ),
    *("wagtail.search", "wagtail.admin", "wagtail", "modelcluster", "taggit", "django_filters"),
    *("django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"),
    *("django.contrib.messages", "django.contrib.staticfiles"),
]
INSTALLED_APPS = [*WAGTAIL, *OURS] if os.environ.get("HOST_OURS_LAST") else [*OURS, *WAGTAIL]

SECRET_KEY = "a host of the tests"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tests.packaging.host.urls"
MIDDLEWARE = [
    "mypart_wagtail.middleware.ArrivalMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR / "db.sqlite3",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA synchronous=OFF;"},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "mypart_private": {
        "BACKEND": "mypart_wagtail.storage.PrivateFileSystemStorage",
        "OPTIONS": {"location": str(VAR / "private")},
    },
}
MEDIA_ROOT = VAR / "media"
USE_TZ = True
TIME_ZONE = "Europe/Warsaw"
USE_I18N = bool(os.environ.get("HOST_LANGUAGES"))
LANGUAGE_CODE = (os.environ.get("HOST_LANGUAGES") or "pl").split()[0]
LANGUAGES = [(code, code) for code in (os.environ.get("HOST_LANGUAGES") or "pl").split()]
WAGTAIL_SITE_NAME = "Host"
WAGTAILADMIN_BASE_URL = "http://testserver"
