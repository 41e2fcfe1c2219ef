"""System checks of the core: a wrong setting is told at start-up, with its remedy.

Each check is one function and one id; ``docs/reference/checks.md`` lists them all.
"""

import re
from pathlib import Path
from typing import Any

import limits
from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import InvalidStorageError, Storage, storages
from django.forms import Field
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string
from limits.errors import ConfigurationError
from limits.storage import storage_from_string

from mypart_wagtail.conf import DEFAULTS, unknown_keys
from mypart_wagtail.storage import hands_out_addresses

# All of them together: ``manage.py check --tag mypart``.
TAG = "mypart"
ARRIVAL = "mypart_wagtail.middleware.ArrivalMiddleware"
DISPLAY = "mypart_wagtail.display.DisplayMiddleware"
WRITING_TRANSACTIONS = ("IMMEDIATE", "EXCLUSIVE")
RATES = ("PUBLIC_FORM_RATE", "VERIFICATION_RATE")
SWITCHES = ("KEEP_PAGES",)
WHOLE_NUMBERS = ("CAPTCHA_MINIMUM_SECONDS", "TRUSTED_PROXIES", "ARRIVAL_BOUND", "PHOTO_MEMORY")
# The ends of the names that django-csp, Django and the sandbox give theirs.
POLICY_MIDDLEWARE = ("CSPMiddleware", "ContentSecurityPolicyMiddleware")
LEAST_BUSY_SECONDS = 10
# What `wagtail start` writes, under all its names, and what Django takes where nothing is written.
UNCHOSEN_TIME_ZONES = ("UTC", "Etc/UTC", "GMT", "Etc/GMT", "America/Chicago")
LOCAL_CACHE = "django.core.cache.backends.locmem.LocMemCache"
TASKS_WITHOUT_WORKER = (
    "django_tasks.backends.immediate.ImmediateBackend",
    "django_tasks.backends.dummy.DummyBackend",
)


@register(TAG)
def check_known_settings(**kwargs: Any) -> list[CheckMessage]:
    """Every key of ``MYPART`` must be one the package knows."""
    return [
        Error(
            f"MYPART has no setting {key!r}.",
            hint=f"Known settings: {', '.join(sorted(DEFAULTS))}.",
            id="mypart.E001",
        )
        for key in unknown_keys(_configured())
    ]


@register(TAG)
def check_settings_are_a_dict(**kwargs: Any) -> list[CheckMessage]:
    """All other checks read keys of it."""
    configured = getattr(settings, "MYPART", {})
    if isinstance(configured, dict):
        return []
    return [
        Error(
            f"MYPART is {configured!r}, which is no dict.",
            hint="Write MYPART = {...} with the settings that differ from their defaults, or leave it out.",
            id="mypart.E017",
        )
    ]


@register(TAG)
def check_switches(**kwargs: Any) -> list[CheckMessage]:
    """The word "no" would be taken for yes."""
    return [
        Error(
            f"MYPART[{key!r}] is {_setting(key)!r}, which is neither True nor False.",
            hint="Give True or False.",
            id="mypart.E018",
        )
        for key in SWITCHES
        if not isinstance(_setting(key), bool)
    ]


@register(TAG)
def check_private_storage_exists(**kwargs: Any) -> list[CheckMessage]:
    """Papers of people need a storage of their own."""
    alias = _setting("PRIVATE_STORAGE")
    if _private_storage() is not None:
        return []
    return [
        Error(
            f"STORAGES has no usable storage {alias!r}, in which PDFs, snapshots and attachments are kept.",
            hint=f"Add {alias!r} to STORAGES, with the backend "
            "'mypart_wagtail.storage.PrivateFileSystemStorage' and a location outside MEDIA_ROOT.",
            id="mypart.E002",
        )
    ]


@register(TAG)
def check_private_storage_is_apart(**kwargs: Any) -> list[CheckMessage]:
    """Web servers hand out whatever lies in ``MEDIA_ROOT`` and ``STATIC_ROOT``."""
    folder = _folder(_private_storage())
    if folder is None:
        return []
    return [
        Error(
            f"The private storage {folder} lies inside {name}, which anyone may read.",
            hint="Give the private storage a location outside MEDIA_ROOT, STATIC_ROOT and the default "
            "storage.",
            id="mypart.E003",
        )
        for name, public in _public_folders().items()
        if folder.is_relative_to(public)
    ]


def _public_folders() -> dict[str, Path]:
    """What web servers hand out. The storage of uploads may lie elsewhere than in ``MEDIA_ROOT``."""
    roots = {name: getattr(settings, name, None) for name in ("MEDIA_ROOT", "STATIC_ROOT")}
    folders = {name: Path(root).resolve() for name, root in roots.items() if root}
    uploads = _folder(_storage("default"))
    if uploads is not None and uploads not in folders.values():
        folders["the default storage"] = uploads
    return folders


@register(TAG)
def check_private_storage_has_no_addresses(**kwargs: Any) -> list[CheckMessage]:
    """Private files are read through views that check who asks, never by an address."""
    storage = _private_storage()
    if storage is None or not hands_out_addresses(storage):
        return []
    return [
        Error(
            "The private storage hands out addresses of its files, which anyone may pass on.",
            hint="Put mypart_wagtail.storage.NoPublicAddress first among the bases of its class, or use "
            "mypart_wagtail.storage.PrivateFileSystemStorage.",
            id="mypart.E004",
        )
    ]


@register(TAG)
def check_sqlite_transactions(**kwargs: Any) -> list[CheckMessage]:
    """With Django's default a quarter of concurrent saves is lost to "database is locked"."""
    return [
        Error(
            f"The SQLite database {alias!r} begins its transactions without the right to write, so that "
            "people who save at the same time get errors.",
            hint='Set OPTIONS["transaction_mode"] = "IMMEDIATE" in DATABASES.',
            id="mypart.E005",
        )
        for alias, database in settings.DATABASES.items()
        if database.get("ENGINE", "").endswith("sqlite3")
        and str(database.get("OPTIONS", {}).get("transaction_mode")).upper() not in WRITING_TRANSACTIONS
    ]


@register(TAG)
def check_arrival_is_stamped_first(**kwargs: Any) -> list[CheckMessage]:
    """The arrival of a request decides whether a deadline was met."""
    if list(settings.MIDDLEWARE[:1]) == [ARRIVAL]:
        return []
    return [
        Error(
            "The arrival of requests, which decides deadlines, is not stamped before everything else.",
            hint=f"Put {ARRIVAL!r} first in MIDDLEWARE.",
            id="mypart.E006",
        )
    ]


@register(TAG)
def check_caches_know_of_the_switches(**kwargs: Any) -> list[CheckMessage]:
    """A shared cache would show one visitor's theme and contrast to all others."""
    if DISPLAY in settings.MIDDLEWARE or not _has_switches():
        return []
    return [
        Error(
            "Pages have switches of theme and contrast, but nothing tells caches that they differ by cookie.",
            hint=f"Add {DISPLAY!r} to MIDDLEWARE.",
            id="mypart.E015",
        )
    ]


@register(TAG)
def check_requests_are_not_atomic(**kwargs: Any) -> list[CheckMessage]:
    """A service decides itself what stands or falls together; mail and tasks wait for its commit."""
    return [
        Error(
            f"ATOMIC_REQUESTS is on for the database {alias!r}: an error in a page would undo what a "
            "service has promised, and a writer would keep all others waiting.",
            hint="Remove ATOMIC_REQUESTS from DATABASES.",
            id="mypart.E007",
        )
        for alias, database in settings.DATABASES.items()
        if database.get("ATOMIC_REQUESTS")
    ]


@register(TAG)
def check_captcha_can_be_imported(**kwargs: Any) -> list[CheckMessage]:
    """``None`` switches the captcha off."""
    path = _setting("CAPTCHA")
    if path is None or _captcha_lacks_its_app():
        return []
    try:
        found: Any = import_string(path)
        problem = "" if isinstance(found, type) and issubclass(found, Field) else "it is no form field"
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        problem = str(error)
    if not problem:
        return []
    return [
        Error(
            f"MYPART['CAPTCHA'] cannot be used: {problem}.",
            hint="Give the dotted path of a form field's class, or None to ask no captcha.",
            id="mypart.E008",
        )
    ]


@register(TAG)
def check_rates(**kwargs: Any) -> list[CheckMessage]:
    """A rate that cannot be read would stop the forms it is about."""
    return [
        Error(
            f"MYPART[{key!r}] is {_setting(key)!r}, which is no rate.",
            hint="Write it as the library limits does: '20/hour', '5 per minute'.",
            id="mypart.E009",
        )
        for key in RATES
        if not _is_rate(_setting(key))
    ]


@register(TAG)
def check_rate_limit_storage(**kwargs: Any) -> list[CheckMessage]:
    """Only the notation is checked; ``mypart_doctor`` tries what lies behind it."""
    address = _setting("RATE_LIMIT_STORAGE")
    try:
        storage_from_string(address)
    except (ConfigurationError, ValueError, TypeError, AttributeError) as error:
        return [
            Error(
                f"MYPART['RATE_LIMIT_STORAGE'] is {address!r}, which is no storage of rates: {error}",
                hint="Write it as the library limits does: 'memory://', 'redis://host:6379/0'.",
                id="mypart.E010",
            )
        ]
    return []


@register(TAG)
def check_captcha_app(**kwargs: Any) -> list[CheckMessage]:
    """The captcha in words keeps its questions with django-simple-captcha. Other classes need not."""
    if not _captcha_lacks_its_app():
        return []
    return [
        Error(
            "The captcha of the package needs the app 'captcha', which is not installed.",
            hint="Add 'captcha' to INSTALLED_APPS, or set MYPART['CAPTCHA'] to None.",
            id="mypart.E011",
        )
    ]


@register(TAG)
def check_time_zones(**kwargs: Any) -> list[CheckMessage]:
    """Deadlines must hold over the change of clocks."""
    if settings.USE_TZ:
        return []
    return [
        Error(
            "USE_TZ is off: deadlines would be wrong when clocks change.",
            hint="Set USE_TZ = True and TIME_ZONE to the city's time zone.",
            id="mypart.E012",
        )
    ]


@register(TAG)
def check_time_zone_is_chosen(**kwargs: Any) -> list[CheckMessage]:
    """A clerk who types 15:30 means the clock on the wall."""
    if not has_unchosen_time_zone():
        return []
    return [
        Warning(
            f"TIME_ZONE is {settings.TIME_ZONE!r}: every deadline that is typed would be hours late.",
            hint="Set TIME_ZONE to the city's own, such as 'Europe/Warsaw'.",
            id="mypart.W006",
        )
    ]


def has_unchosen_time_zone() -> bool:
    """Whether ``TIME_ZONE`` is what a new project has before anybody thinks of it."""
    return settings.TIME_ZONE in UNCHOSEN_TIME_ZONES


@register(TAG)
def check_blocks_are_installed(**kwargs: Any) -> list[CheckMessage]:
    """Without their app the blocks have neither templates nor translations."""
    if apps.is_installed("mypart_wagtail.blocks"):
        return []
    return [
        Error(
            "The app 'mypart_wagtail.blocks' is not installed: its templates would not be found.",
            hint="Add 'mypart_wagtail.blocks' to INSTALLED_APPS, before 'mypart_wagtail'.",
            id="mypart.E013",
        )
    ]


@register(TAG)
def check_whole_numbers(**kwargs: Any) -> list[CheckMessage]:
    """Settings that count something."""
    return [
        Error(
            f"MYPART[{key!r}] is {_setting(key)!r}, which is no whole number.",
            hint="Give zero or more.",
            id="mypart.E014",
        )
        for key in WHOLE_NUMBERS
        if not _is_whole_number(_setting(key))
    ]


@register(TAG)
def check_embed_hosts(**kwargs: Any) -> list[CheckMessage]:
    """Hosts are compared with those of addresses, so anything else would silently allow nothing."""
    hosts = _setting("EMBED_HOSTS")
    if isinstance(hosts, (list, tuple, set)) and all(map(_is_host, hosts)):
        return []
    return [
        Error(
            f"MYPART['EMBED_HOSTS'] is {hosts!r}, which is no list of hosts.",
            hint="Name hosts without scheme and path: ['www.youtube-nocookie.com'].",
            id="mypart.E016",
        )
    ]


def _is_host(host: object) -> bool:
    return isinstance(host, str) and re.fullmatch(r"[a-z0-9.-]+", host) is not None


@register(TAG, deploy=True)
def check_rates_are_shared(**kwargs: Any) -> list[CheckMessage]:
    """Each process would count for itself, and forget at every restart."""
    if not str(_setting("RATE_LIMIT_STORAGE")).startswith("memory:"):
        return []
    return [
        Warning(
            "Rates of public forms are counted in the memory of each process.",
            hint="Set MYPART['RATE_LIMIT_STORAGE'] to a storage all processes share: 'redis://host:6379/0'.",
            id="mypart.W001",
        )
    ]


@register(TAG, deploy=True)
def check_cache_is_shared(**kwargs: Any) -> list[CheckMessage]:
    """What one process keeps in its memory the others do not see."""
    if settings.CACHES["default"]["BACKEND"] != LOCAL_CACHE:
        return []
    return [
        Warning(
            "The default cache is the memory of each process.",
            hint="Set CACHES['default'] to a cache all processes share, such as Redis.",
            id="mypart.W002",
        )
    ]


@register(TAG, deploy=True)
def check_tasks_have_a_worker(**kwargs: Any) -> list[CheckMessage]:
    """Submission should wait neither for a PDF nor for a mail server."""
    backend = getattr(settings, "TASKS", {}).get("default", {}).get("BACKEND", TASKS_WITHOUT_WORKER[0])
    if backend not in TASKS_WITHOUT_WORKER:
        return []
    return [
        Warning(
            "No worker runs tasks: people wait for mail and PDFs, or never get them.",
            hint="Set TASKS['default']['BACKEND'] to 'django_tasks_db.DatabaseBackend' or another "
            "that has workers, and run one.",
            id="mypart.W003",
        )
    ]


@register(TAG, deploy=True)
def check_content_security_policy(**kwargs: Any) -> list[CheckMessage]:
    """Without a policy one text that slips through runs as a script in the admin of the city."""
    if any(name.endswith(POLICY_MIDDLEWARE) for name in settings.MIDDLEWARE):
        return []
    return [
        Warning(
            "No middleware sets a content security policy.",
            hint="Add 'csp.middleware.CSPMiddleware' of django-csp to MIDDLEWARE, with a policy as in "
            "sandbox/settings/base.py.",
            id="mypart.W004",
        )
    ]


@register(TAG, deploy=True)
def check_sqlite_waits_its_turn(**kwargs: Any) -> list[CheckMessage]:
    """Readers stop writers without a write-ahead log, and who waits too briefly gets an error."""
    return [
        Warning(
            f"The SQLite database {alias!r} lets readers wait for the writer, or waits too briefly itself.",
            hint='Set OPTIONS["init_command"] = "PRAGMA journal_mode=WAL;" and OPTIONS["timeout"] = 20 '
            "in DATABASES, or use PostgreSQL.",
            id="mypart.W005",
        )
        for alias, database in settings.DATABASES.items()
        if database.get("ENGINE", "").endswith("sqlite3") and not _waits_its_turn(database.get("OPTIONS", {}))
    ]


def _waits_its_turn(options: dict[str, Any]) -> bool:
    commands = str(options.get("init_command", "")).lower().replace(" ", "")
    return "journal_mode=wal" in commands and options.get("timeout", 0) >= LEAST_BUSY_SECONDS


def _setting(key: str) -> Any:
    """A setting, also while unknown keys, told by a check of their own, stand beside it."""
    return _configured().get(key, DEFAULTS[key])


def _configured() -> dict[str, Any]:
    """``MYPART``, empty where it is no dict, which a check of its own tells."""
    configured = getattr(settings, "MYPART", {})
    return configured if isinstance(configured, dict) else {}


def _private_storage() -> Storage | None:
    return _storage(_setting("PRIVATE_STORAGE"))


def _storage(alias: str) -> Storage | None:
    try:
        return storages[alias]
    except (InvalidStorageError, ImproperlyConfigured, TypeError):  # TypeError: OPTIONS it does not take
        return None


def _folder(storage: Storage | None) -> Path | None:
    """Where on this machine ``storage`` keeps its files, if it does."""
    try:
        return Path(storage.path("")).resolve() if storage else None
    except NotImplementedError:
        return None


def _captcha_lacks_its_app() -> bool:
    return _setting("CAPTCHA") == DEFAULTS["CAPTCHA"] and not apps.is_installed("captcha")


def _has_switches() -> bool:
    try:
        return bool(reverse("mypart:display"))
    except NoReverseMatch:
        return False


def _is_rate(value: Any) -> bool:
    try:
        limits.parse(value)
    except (ValueError, TypeError):
        return False
    return True


def _is_whole_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
