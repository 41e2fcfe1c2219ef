"""What can only be found out by trying: does mail leave, is the clock right, does a worker run.

An examination is a function of ``Options`` that says in words what works, or raises: ``Fault`` with a remedy
of its own, or whatever went wrong. Apps add theirs as providers whose names begin with ``doctor.``.
``manage.py mypart_doctor`` makes them all.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from email.utils import parsedate_to_datetime
from functools import wraps
from importlib.util import find_spec
from urllib.request import Request, urlopen
from uuid import uuid4

from django.conf import settings
from django.core import checks
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.mail import EmailMessage, get_connection
from django.db import connection
from django.utils import timezone
from wagtail.models import Site

from mypart_wagtail.checks import TAG, has_unchosen_time_zone
from mypart_wagtail.conf import mypart_settings
from mypart_wagtail.models import OutgoingMail
from mypart_wagtail.photos import read_photo
from mypart_wagtail.providers import providers_of
from mypart_wagtail.ratelimit import limiter
from mypart_wagtail.storage import hands_out_addresses, private_storage
from mypart_wagtail.tasks import do_nothing

GREATEST_DRIFT = timedelta(seconds=5)
TYPED_TIME = time_of_day(15, 30)
MINUTE = "%Y-%m-%d %H:%M"
LONGEST_IN_OUTBOX = timedelta(minutes=10)
MAIL_THAT_STAYS = ("console", "dummy", "locmem", "filebased")
REDIRECT = "SECURE_SSL_REDIRECT"
SECURE_SETTINGS = (
    REDIRECT,
    "SECURE_HSTS_SECONDS",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
)
LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")
ONE_PIXEL = (
    b"GIF87a\x01\x00\x01\x00\x81\x00\x00" + 12 * b"\x00" + b",\x00\x00\x00\x00\x01\x00\x01\x00\x00"
    b"\x08\x04\x00\x01\x04\x04\x00;"
)
SET_CLOCK = "Let the machine set its clock by NTP (timedatectl set-ntp true)."


@dataclass(frozen=True)
class Options:
    """``send_to``: whom to send a mail to. ``clock_url``: an address whose ``Date`` header tells the time.

    ``through``: the address by which people reach the site. ``patience``: how many seconds a worker has to
    pick up a task.
    """

    send_to: str = ""
    clock_url: str = ""
    through: str = ""
    patience: float = 10


@dataclass(frozen=True)
class Finding:
    """What was found out about ``subject``. With a ``remedy`` it is a fault."""

    subject: str
    message: str
    remedy: str = ""


class Fault(Exception):
    """Something does not work; ``remedy`` says what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


Examination = Callable[[Options], Iterator[Finding]]


def examination(subject: str, *, remedy: str) -> Callable[[Callable[[Options], str]], Examination]:
    """Turn what a function says or raises into a finding; ``remedy`` is for errors that bring none."""

    def decorate(function: Callable[[Options], str]) -> Examination:
        @wraps(function)
        def examine(options: Options) -> Iterator[Finding]:
            try:
                yield Finding(subject, function(options))
            except Fault as fault:
                yield Finding(subject, fault.message, fault.remedy)
            except Exception as error:  # noqa: BLE001 - one fault must not hide the others
                yield Finding(subject, f"{type(error).__name__}: {error}", remedy)

        return examine

    return decorate


def examine_all(options: Options) -> Iterator[Finding]:
    """Everything there is to find out, one finding after the other."""
    for examine in [*EXAMINATIONS, *providers_of("doctor.")]:
        yield from examine(options)


def examine_settings(options: Options) -> Iterator[Finding]:
    """The system checks of the package; on a server also those for deployment."""
    failed = checks.run_checks(tags=[TAG], include_deployment_checks=not settings.DEBUG)
    for message in failed:
        yield Finding("settings", f"{message.msg.rstrip('.')} ({message.id})", str(message.hint))
    if not failed:
        yield Finding("settings", "every system check of the package passes")


@examination(
    "mail", remedy="Check EMAIL_URL (EMAIL_HOST, EMAIL_PORT, user, password), and that the server answers."
)
def examine_mail(options: Options) -> str:
    """Opens the connection, and sends a mail if told to whom."""
    backend = settings.EMAIL_BACKEND
    if not settings.DEBUG and any(f".{name}." in backend for name in MAIL_THAT_STAYS):
        raise Fault(f"{backend} sends nothing to anyone", "Set EMAIL_URL to a mail server.")
    with get_connection() as mail_server:
        if not options.send_to:
            return f"the connection opens ({backend})"
        EmailMessage(
            subject="Test of mail",
            body="This mail was sent by mypart_doctor. Whoever can read it knows that mail works.\n",
            to=[options.send_to],
            connection=mail_server,
        ).send()
    return f"sent to {options.send_to} ({backend})"


@examination("clock and database", remedy="Check DATABASE_URL, and that the database answers.")
def examine_database_clock(options: Options) -> str:
    """Deadlines are decided by this machine's clock, and records may be stamped by the database's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT CURRENT_TIMESTAMP")
        told = cursor.fetchone()[0]
    moment = datetime.fromisoformat(told) if isinstance(told, str) else told
    return _compare_clock(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


@examination("clock and the net", remedy="Give an address that this machine can reach.")
def examine_net_clock(options: Options) -> str:
    """The clock of another machine, told by the ``Date`` header of its answer."""
    if not options.clock_url.startswith(("http://", "https://")):
        return "not compared; --clock-url ADDRESS does"
    with urlopen(Request(options.clock_url, method="HEAD"), timeout=10) as answer:  # noqa: S310 - see above
        return _compare_clock(parsedate_to_datetime(answer.headers["Date"]))


@examination("time zone", remedy="Set TIME_ZONE to the name of a time zone.")
def examine_time_zone(options: Options) -> str:
    """A deadline is typed by the clock on the wall."""
    typed = datetime.combine(timezone.localdate(), TYPED_TIME, tzinfo=timezone.get_default_timezone())
    meant = f"{typed:{MINUTE}} in this project ({settings.TIME_ZONE}) is {typed.astimezone(UTC):{MINUTE}} UTC"
    if has_unchosen_time_zone():
        raise Fault(
            f"{meant}, which may not be what the clock on the wall says",
            "Set TIME_ZONE to the city's own, such as 'Europe/Warsaw'.",
        )
    return meant


def _compare_clock(moment: datetime) -> str:
    drift = abs(timezone.now() - moment)
    if drift > GREATEST_DRIFT:
        raise Fault(f"the clocks differ by {drift.total_seconds():.0f} s", SET_CLOCK)
    return f"the clocks agree within {GREATEST_DRIFT.total_seconds():.0f} s"


@examination("private storage", remedy="Check STORAGES, and that the server's user may write there.")
def examine_private_storage(options: Options) -> str:
    """Writes, reads and deletes a file, which must have no address."""
    storage = private_storage()
    written = uuid4().hex.encode()
    name = storage.save(f"doctor-{uuid4()}.txt", ContentFile(written))
    try:
        with storage.open(name) as file:
            read = file.read()
    finally:
        storage.delete(name)
    if read != written:
        raise Fault("what is read is not what was written", "Check the disk or the service behind it.")
    if hands_out_addresses(storage):
        raise Fault("its files have public addresses", "Put NoPublicAddress first among its class's bases.")
    return "files can be written, read and deleted, and have no address"


@examination("cache", remedy="Check CACHE_URL, and that the cache answers.")
def examine_cache(options: Options) -> str:
    key, value = f"mypart-doctor-{uuid4()}", uuid4().hex
    cache.set(key, value, timeout=60)
    if cache.get(key) != value:
        raise Fault("keeps nothing", "Set CACHE_URL to a cache that keeps things.")
    cache.delete(key)
    return f"keeps things ({settings.CACHES['default']['BACKEND']})"


@examination("rates of forms", remedy="Check MYPART['RATE_LIMIT_STORAGE'], and that what it names answers.")
def examine_rates(options: Options) -> str:
    """Where it does not answer, public forms are let in uncounted."""
    address = mypart_settings.RATE_LIMIT_STORAGE
    storage = limiter(address).storage
    if not storage.check():
        raise Fault("nothing counts them: their storage does not answer", "Start it, or correct its address.")
    return f"counted ({type(storage).__name__})"


@examination("photos", remedy="Let the server's user start Python, and give PHOTO_MEMORY its 512 MB.")
def examine_photos(options: Options) -> str:
    """Has a picture of one pixel read in a process of its own, as photos are."""
    read_photo(ONE_PIXEL)
    if find_spec("resource") is None:
        return "read in a process of their own; this system bounds its time only"
    return f"read in a process of their own, with at most {mypart_settings.PHOTO_MEMORY} MB"


@examination("outbox", remedy="Migrate the database (manage.py migrate).")
def examine_outbox(options: Options) -> str:
    """A mail that failed, or whose worker died, goes only when ``mypart_send_mail`` is run."""
    overdue = OutgoingMail.objects.due(timezone.now() - LONGEST_IN_OUTBOX).count()
    if overdue:
        raise Fault(
            f"{overdue} mails should have gone {LONGEST_IN_OUTBOX.seconds // 60} minutes ago",
            "Have the system run manage.py mypart_send_mail every 5 minutes (cron, a systemd timer).",
        )
    return "no mail is overdue"


@examination("tasks", remedy="Check TASKS, and that the backend's database or queue answers.")
def examine_tasks(options: Options) -> str:
    """Enqueues a task that does nothing and waits until a worker has done it."""
    backend = type(do_nothing.get_backend()).__name__
    result = do_nothing.enqueue()
    if result.is_finished:
        return f"done at once, without a worker ({backend})"
    until = time.monotonic() + options.patience
    while time.monotonic() < until:
        time.sleep(0.2)
        result.refresh()
        if result.is_finished:
            return f"a worker has done one ({backend})"
    raise Fault(
        f"no worker picked one up within {options.patience:.0f} s ({backend})",
        "Run a worker (manage.py db_worker), and let the system keep it running.",
    )


@examination("HTTPS", remedy="Check the settings of security.")
def examine_https(options: Options) -> str:
    """On a server everything goes over HTTPS."""
    if settings.DEBUG:
        return "not asked for while DEBUG is on"
    missing = [name for name in SECURE_SETTINGS if not getattr(settings, name, None)]
    left_to_proxy = missing == [REDIRECT] and bool(getattr(settings, "SECURE_PROXY_SSL_HEADER", None))
    if missing and not left_to_proxy:
        raise Fault(f"not set: {', '.join(missing)}", "Set them as in sandbox/settings/production.py.")
    base = getattr(settings, "WAGTAILADMIN_BASE_URL", "")
    if not base.startswith("https://"):
        raise Fault(f"links in mail begin with {base!r}", "Set WAGTAILADMIN_BASE_URL to https://….")
    if left_to_proxy:
        return f"cookies and links are secure; {REDIRECT} is off, so the proxy has to send HTTP on to HTTPS"
    return "redirects, cookies and links are secure"


@examination("addresses of sites", remedy="Migrate the database (manage.py migrate).")
def examine_sites(options: Options) -> str:
    """Links in mail begin with what each site says of itself in the admin."""
    if settings.DEBUG:
        return "not asked for while DEBUG is on"
    is_secure = getattr(settings, "WAGTAILADMIN_BASE_URL", "").startswith("https://")
    wrong = [site.root_url for site in Site.objects.all() if _leads_nowhere(site, is_secure)]
    if wrong:
        raise Fault(
            f"links in mail begin with {', '.join(wrong)}",
            "In the admin, under Settings, Sites, give each site the host name people reach it by, "
            "and port 443 for https.",
        )
    return "links in mail begin with addresses that people can reach"


def _leads_nowhere(site: Site, is_secure: bool) -> bool:
    return site.hostname in LOCAL_HOSTS or (is_secure and not site.root_url.startswith("https://"))


EXAMINATIONS: tuple[Examination, ...] = (
    examine_settings,
    examine_mail,
    examine_database_clock,
    examine_net_clock,
    examine_time_zone,
    examine_private_storage,
    examine_cache,
    examine_rates,
    examine_photos,
    examine_tasks,
    examine_outbox,
    examine_https,
    examine_sites,
)
