"""Settings of the test suite. ``DATABASE_URL`` chooses the database; SQLite unless told."""

import atexit
import shutil
import tempfile

from sandbox.settings.base import *

_FILES = Path(tempfile.mkdtemp(prefix="mypart-tests-"))
atexit.register(shutil.rmtree, _FILES, ignore_errors=True)

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A real file, as in the demo: in memory SQLite has no busy timeout, and several connections lock one
    # another out.
    DATABASES["default"]["TEST"] = {"NAME": str(_FILES / "test.sqlite3")}
MEDIA_ROOT = _FILES / "media"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STORAGES["mypart_private"]["OPTIONS"] = {"location": str(_FILES / "private")}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WAGTAILADMIN_BASE_URL = "http://testserver"

# Tests read the msgids; what is said in Polish is tested where it matters.
LANGUAGE_CODE = "en"
WHITENOISE_AUTOREFRESH = True
STATIC_ROOT = _FILES / "static"
STATIC_ROOT.mkdir()
