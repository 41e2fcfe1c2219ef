"""Settings shared by every way the sandbox runs. What differs by machine comes from the environment."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _

REPOSITORY = Path(__file__).resolve().parent.parent.parent
VAR = Path(environ.Env()("MYPART_VAR", default=str(REPOSITORY / "var")))

env = environ.Env()

SECRET_KEY = env("SECRET_KEY", default="insecure-demo-key")
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])

INSTALLED_APPS = [
    "sandbox",
    "mypart_wagtail.portal",
    "mypart_wagtail.news",
    "mypart_wagtail.publishing",
    "mypart_wagtail.newsletter",
    "mypart_wagtail.grants",
    "mypart_wagtail.generator",
    "mypart_wagtail.organisations",
    "mypart_wagtail.blocks",
    "mypart_wagtail",
    "captcha",
    "mypart_wagtail.accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.routable_page",
    "wagtail.embeds",
    "wagtail.sites",
    # Without the groups of organisations in its forms.
    "mypart_wagtail.publishing.users.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "mypart_wagtail.middleware.ArrivalMiddleware",
    # Django pads pages at random, so that their length tells nothing of the tokens in them (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "sandbox.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "mypart_wagtail.display.DisplayMiddleware",
    "mypart_wagtail.publishing.middleware.PublishersMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "sandbox.urls"
WSGI_APPLICATION = "sandbox.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [REPOSITORY / "sandbox" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

VAR.mkdir(exist_ok=True, parents=True)
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Several people at once: readers never wait for the writer, and a writer waits for its turn
    # instead of failing with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
# Seconds a mail server may take to answer: workers wait for it, and without workers people do.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="My PART <no-reply@example.org>")

TASKS = {
    "default": {
        "BACKEND": env("TASKS_BACKEND", default="django_tasks.backends.immediate.ImmediateBackend"),
        "ENQUEUE_ON_COMMIT": True,
    },
}

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
# Only on one's own machine: elsewhere the reverse proxy hands out what lies in MEDIA_ROOT.
SERVE_MEDIA = False
STORAGES = {
    "default": {"BACKEND": env("DEFAULT_STORAGE", default="django.core.files.storage.FileSystemStorage")},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    "mypart_private": {
        "BACKEND": env("PRIVATE_STORAGE", default="mypart_wagtail.storage.PrivateFileSystemStorage"),
        "OPTIONS": env.json("PRIVATE_STORAGE_OPTIONS", default={"location": str(VAR / "private")}),
    },
}

LANGUAGE_CODE = "pl"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("pl", _("Polish")), ("en", _("English"))]
TIME_ZONE = "Europe/Warsaw"
USE_I18N = True
USE_TZ = True
WAGTAIL_I18N_ENABLED = True
# A translation is public once it is translated and published, not as a copy in the other language.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# Addresses of pages in letters that survive a mail and every keyboard: "wklad-wlasny", not "wk%C5%82ad".
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# Words are compared as the package cuts them; no dictionary of the database shall cut them once more.
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "simple"},
}
WAGTAIL_SITE_NAME = "My PART"
# Photos tell nobody where they were taken; those of iPhones are taken too, and stored as JPEG.
WAGTAILIMAGES_IMAGE_FORM_BASE = "mypart_wagtail.image_forms.CleanImageForm"
# Photos go to the images, where they lose the place they were taken at.
WAGTAILDOCS_EXTENSIONS = [
    *("csv", "doc", "docx", "epub", "mp3", "mp4", "odp", "ods", "odt", "pdf", "ppt", "pptx"),
    *("rtf", "txt", "vtt", "webm", "xls", "xlsx", "zip"),
]
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "jpg", "jpeg", "png", "webp"]
# What moderators approve is published by an action that knows who wrote it.
WAGTAIL_FINISH_WORKFLOW_ACTION = "mypart_wagtail.publishing.workflow.publish_approved"
# Superusers are not moderators: without this they are mailed of every submission.
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILADMIN_BASE_URL = env("BASE_URL", default="http://127.0.0.1:8000")

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "mypart_grants:applications"
# Pages for those who are signed in lead here, not to a sign-in of Wagtail's own: see sandbox/urls.py.
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL

ACCOUNT_ADAPTER = "mypart_wagtail.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "mypart_wagtail.accounts.forms.SignInForm",
    "signup": "mypart_wagtail.accounts.forms.SignUpForm",
    "add_email": "mypart_wagtail.accounts.forms.AddAddressForm",
    "change_password": "mypart_wagtail.accounts.forms.ChangePassword",
    "reset_password": "mypart_wagtail.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "mypart_wagtail.accounts.forms.NewPasswordForm",
    "reauthenticate": "mypart_wagtail.accounts.forms.ConfirmItIsYouForm",
}
# An account has one address. Another one waits beside it until its own link is followed.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Nobody is locked out on the last evening: an unconfirmed e-mail stops no one from filling in an offer.
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# People hear of a changed password, e-mail or second factor, in case it was not they.
ACCOUNT_EMAIL_NOTIFICATIONS = True
# A link to a new password is limited by network alone: what others ask for refuses nobody.
ACCOUNT_RATE_LIMITS = {"signup": "20/h/ip", "reset_password": "20/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)

# Wagtail's own pages would let people in past the second factor: see sandbox/urls.py.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False

# A page of the wizard without JavaScript sends all of its texts at once, and texts over their limit are kept.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
# For old browsers: Wagtail lifts it for its previews, and the others go by frame-ancestors below.
X_FRAME_OPTIONS = "DENY"
# Nothing here asks for what could spy on people or charge them.
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "browsing-topics": [],
    "camera": [],
    "display-capture": [],
    "geolocation": [],
    "microphone": [],
    "payment": [],
    "usb": [],
}

# Hosts whose films visitors may load into a page: the block asks for consent, the policy lets them in.
EMBED_HOSTS = env.list("EMBED_HOSTS", default=[])

PUBLIC_DIRECTIVES = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "media-src": [SELF],
    "frame-src": [f"https://{host}" for host in EMBED_HOSTS] or [NONE],
    "manifest-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "object-src": [NONE],
    "frame-ancestors": [SELF],
}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": PUBLIC_DIRECTIVES}
# The admin asks nothing of others: neither Gravatar for faces nor Wagtail for news of releases.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
# Read by our middleware. Wagtail's widgets need inline scripts and styles, its previews frames and blobs.
ADMIN_CONTENT_SECURITY_POLICY = PUBLIC_DIRECTIVES | {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "worker-src": [SELF, "blob:"],
}

MYPART: dict[str, object] = {
    "RATE_LIMIT_STORAGE": env("RATE_LIMIT_STORAGE", default="memory://"),
    "TRUSTED_PROXIES": ALLAUTH_TRUSTED_PROXY_COUNT,
    "ARRIVAL_BOUND": env.int("ARRIVAL_BOUND", default=120),
    "PHOTO_MEMORY": env.int("PHOTO_MEMORY", default=512),
    "EMBED_HOSTS": EMBED_HOSTS,
}
