"""The sandbox on one's own machine: ``make demo``."""

from sandbox.settings.base import *

DEBUG = env.bool("DEBUG", default=True)
SERVE_MEDIA = True
# With DEBUG off, as `make demo` runs it to show the error pages that visitors get, Django serves no files.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
