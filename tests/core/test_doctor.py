"""``manage.py mypart_doctor`` finds what really does not work, and says what to do."""

import os
import socket
import subprocess
import sys
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import Site

from mypart_wagtail.doctor import (
    Examination,
    Finding,
    Options,
    examine_cache,
    examine_https,
    examine_mail,
    examine_net_clock,
    examine_outbox,
    examine_private_storage,
    examine_rates,
    examine_sites,
    examine_tasks,
    examine_time_zone,
)
from mypart_wagtail.models import OutgoingMail
from tests.core.servers import MailServer, clock_server, running
from tests.sites import new_site

REPOSITORY = Path(__file__).parents[2]
SMTP = "django.core.mail.backends.smtp.EmailBackend"
WORKERS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def one_machine(settings):
    """As on a developer's machine: what is fine there is no fault."""
    settings.DEBUG = True


@pytest.fixture
def server(settings):
    """As on a server."""
    settings.DEBUG = False


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def found(examine: Examination, **options) -> Finding:
    """The one thing an examination finds."""
    [finding] = examine(Options(**options))
    return finding


def test_where_everything_works_there_is_no_fault(one_machine, transactional_db):
    output = StringIO()
    call_command("mypart_doctor", stdout=output, no_color=True)
    lines = output.getvalue().splitlines()
    assert all(line.startswith("OK ") for line in lines)
    assert [line[6:].partition(": ")[0] for line in lines] == [
        *("settings", "mail", "clock and database", "clock and the net", "time zone"),
        *("private storage", "cache", "rates of forms", "photos", "tasks", "outbox", "HTTPS"),
        *("addresses of sites", "newsletter", "PDF"),
        *("PDFs of what was submitted", "proxy"),
    ]


def test_the_faults_are_counted_and_the_rest_is_still_tried(one_machine, transactional_db, settings):
    settings.MYPART = {"CAPTCHA": "nowhere.Captcha"}
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    output = StringIO()
    with pytest.raises(CommandError, match="2 to be put right"):
        call_command("mypart_doctor", stdout=output, no_color=True)
    said = output.getvalue()
    assert "(mypart.E008). Give the dotted path of a form field's class" in said
    assert "FAULT cache: keeps nothing. Set CACHE_URL" in said
    assert "OK    PDF: printed" in said


def test_the_process_ends_with_1_where_there_is_a_fault(tmp_path, closed_port):
    ended = subprocess.run(
        [sys.executable, "sandbox/manage.py", "mypart_doctor"],
        cwd=REPOSITORY,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(REPOSITORY),
            "MYPART_VAR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "sandbox.settings.development",
            "EMAIL_URL": f"smtp://127.0.0.1:{closed_port}",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "FAULT mail" in ended.stdout


def test_a_mail_really_arrives(one_machine, settings):
    mail_server = MailServer()
    with running(mail_server) as port:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", port
        finding = found(examine_mail, send_to="anna@example.org")
    assert "sent to anna@example.org" in finding.message
    assert "To: anna@example.org" in mail_server.received[0]


def test_without_an_address_nothing_is_sent(one_machine, settings):
    mail_server = MailServer()
    with running(mail_server) as port:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", port
        finding = found(examine_mail)
    assert "the connection opens" in finding.message
    assert mail_server.received == []


def test_a_mail_server_that_takes_no_mail_is_a_fault(one_machine, settings):
    with running(MailServer(refused="anna@example.org")) as port:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", port
        finding = found(examine_mail, send_to="anna@example.org")
    assert finding.remedy
    assert "no such mailbox" in finding.message


def test_a_mail_server_that_does_not_answer_is_a_fault(one_machine, settings, closed_port):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", closed_port
    finding = found(examine_mail)
    assert finding.message.startswith("ConnectionRefusedError")
    assert "Check EMAIL_URL" in finding.remedy


def test_on_a_server_mail_must_leave_it(server, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    finding = found(examine_mail)
    assert "sends nothing to anyone" in finding.message


def test_a_clock_that_goes_with_the_net_is_right(one_machine):
    with running(clock_server()) as port:
        finding = found(examine_net_clock, clock_url=f"http://127.0.0.1:{port}/")
    assert not finding.remedy


@pytest.mark.parametrize("drift", [timedelta(minutes=2), -timedelta(seconds=20)])
def test_a_clock_that_goes_wrong_is_a_fault(one_machine, drift):
    with running(clock_server(fast_by=drift)) as port:
        finding = found(examine_net_clock, clock_url=f"http://127.0.0.1:{port}/")
    assert finding.remedy
    assert "NTP" in finding.remedy


def test_an_address_that_tells_no_time_is_a_fault(one_machine, closed_port):
    finding = found(examine_net_clock, clock_url=f"http://127.0.0.1:{closed_port}/")
    assert finding.remedy


def test_the_time_of_a_deadline_is_told_in_utc(one_machine, monkeypatch):
    """An hour in winter, two in summer."""
    for day, meant in (("2026-11-30", "14:30"), ("2026-07-01", "13:30")):
        monkeypatch.setattr(timezone, "localdate", lambda day=day: date.fromisoformat(day))
        finding = found(examine_time_zone)
        assert finding.message == f"{day} 15:30 in this project (Europe/Warsaw) is {day} {meant} UTC"
        assert not finding.remedy


@pytest.mark.parametrize(
    ("zone", "meant"), [("UTC", "2026-11-30 15:30"), ("America/Chicago", "2026-11-30 21:30")]
)
def test_a_time_zone_that_nobody_chose_is_a_fault(one_machine, settings, monkeypatch, zone, meant):
    settings.TIME_ZONE = zone
    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 11, 30))
    finding = found(examine_time_zone)
    assert f"2026-11-30 15:30 in this project ({zone}) is {meant} UTC" in finding.message
    assert "Europe/Warsaw" in finding.remedy


def test_private_files_that_cannot_be_written_are_a_fault(one_machine, settings, tmp_path):
    """A folder below a file: not even the superuser can write there."""
    (tmp_path / "file").write_text("")
    settings.STORAGES = settings.STORAGES | {
        "mypart_private": {
            "BACKEND": "mypart_wagtail.storage.PrivateFileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "file" / "private")},
        }
    }
    finding = found(examine_private_storage)
    assert finding.remedy
    assert "may write there" in finding.remedy


def test_private_files_leave_no_trace_and_have_no_address(one_machine, settings, tmp_path):
    public = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(tmp_path)},
    }
    settings.STORAGES = settings.STORAGES | {"mypart_private": public}
    finding = found(examine_private_storage)
    assert "public addresses" in finding.message
    assert list(tmp_path.iterdir()) == []


def test_a_cache_that_does_not_answer_is_a_fault(one_machine, settings, closed_port):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": f"redis://127.0.0.1:{closed_port}/0",
        }
    }
    finding = found(examine_cache)
    assert finding.message.startswith("ConnectionError")


def test_rates_that_nothing_counts_are_a_fault(one_machine, settings, closed_port):
    settings.MYPART = {"RATE_LIMIT_STORAGE": f"redis://127.0.0.1:{closed_port}/0"}
    finding = found(examine_rates)
    assert "nothing counts them" in finding.message
    assert finding.remedy


def test_rates_counted_in_memory_are_fine_on_one_machine(one_machine):
    assert found(examine_rates).message == "counted (MemoryStorage)"


@pytest.mark.parametrize(("minutes", "is_fault"), [(5, False), (20, True)])
def test_mail_that_nobody_sends_is_a_fault(one_machine, db, minutes, is_fault):
    since = timezone.now() - timedelta(minutes=minutes)
    OutgoingMail.objects.create(to="anna@example.org", subject="x", body="x", next_try_at=since)
    finding = found(examine_outbox)
    assert bool(finding.remedy) == is_fault
    assert ("mypart_send_mail" in finding.remedy) == is_fault


def test_mail_that_is_sent_is_no_fault(one_machine, db):
    long_ago = timezone.now() - timedelta(days=3)
    OutgoingMail.objects.create(to="anna@example.org", next_try_at=long_ago, sent_at=long_ago)
    assert not found(examine_outbox).remedy


def test_without_a_worker_tasks_are_a_fault(transactional_db, settings):
    settings.TASKS = WORKERS
    finding = found(examine_tasks, patience=0.3)
    assert "no worker picked one up" in finding.message
    assert "db_worker" in finding.remedy


def test_a_worker_in_a_process_of_its_own_is_noticed(transactional_db, settings):
    settings.TASKS = WORKERS
    worker = subprocess.Popen(
        [
            *[sys.executable, "sandbox/manage.py", "db_worker", "--max-tasks", "1"],
            *["--interval", "0.2", "--no-startup-delay", "--no-reload"],
        ],
        cwd=REPOSITORY,
        env={
            **os.environ,
            "PYTHONPATH": str(REPOSITORY),
            "DJANGO_SETTINGS_MODULE": "sandbox.settings.test",
            "DATABASE_URL": database_url(),
            "TASKS_BACKEND": WORKERS["default"]["BACKEND"],
        },
    )
    try:
        finding = found(examine_tasks, patience=60)
    finally:
        worker.terminate()
        worker.wait()
    assert "a worker has done one" in finding.message


def database_url() -> str:
    """The database of the tests, for another process."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    user = f"{facts['USER']}:{facts['PASSWORD']}@" if facts["USER"] else ""
    return f"postgres://{user}{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"


SECURE = {
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 3600,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "WAGTAILADMIN_BASE_URL": "https://granty.example.org",
}


def test_a_server_behind_https_has_no_fault_there(server, settings):
    for name, value in SECURE.items():
        setattr(settings, name, value)
    assert not found(examine_https).remedy


@pytest.mark.parametrize("forgotten", SECURE)
def test_a_server_that_forgets_https_is_told(server, settings, forgotten):
    for name, value in SECURE.items():
        if name != forgotten:
            setattr(settings, name, value)
    finding = found(examine_https)
    assert forgotten in f"{finding.message} {finding.remedy}"
    assert finding.remedy


def test_a_proxy_may_send_http_on_to_https_itself(server, settings):
    for name, value in SECURE.items():
        setattr(settings, name, value)
    settings.SECURE_SSL_REDIRECT = False
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    finding = found(examine_https)
    assert not finding.remedy
    assert "the proxy has to send HTTP on" in finding.message
    settings.SESSION_COOKIE_SECURE = False
    assert "SECURE_SSL_REDIRECT" in found(examine_https).message


@pytest.mark.database
@pytest.mark.parametrize(
    ("hostname", "port", "base", "is_fault"),
    [
        ("localhost", 80, "https://granty.example.org", True),
        ("localhost", 443, "https://granty.example.org", True),
        ("granty.example.org", 80, "https://granty.example.org", True),
        ("granty.example.org", 443, "https://granty.example.org", False),
        ("granty.example.org", 80, "http://granty.example.org", False),
    ],
)
def test_links_in_mail_that_lead_nowhere_are_a_fault(server, db, settings, hostname, port, base, is_fault):
    settings.WAGTAILADMIN_BASE_URL = base
    Site.objects.all().delete()
    new_site("second.example.org", is_default_site=True, port=443)
    new_site(hostname, port=port)
    finding = found(examine_sites)
    assert bool(finding.remedy) == is_fault
    assert (f"://{hostname}" in finding.message) == is_fault
    assert "second.example.org" not in finding.message


def test_on_ones_own_machine_a_site_may_be_local(one_machine, db):
    new_site("localhost", is_default_site=not Site.objects.exists(), port=8123)
    assert not found(examine_sites).remedy
