"""A wrong setting is told at start-up, by a check of its own, with its remedy."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import global_settings
from django.conf import settings as current
from django.core.checks import run_checks
from django.core.files.storage import Storage

from mypart_wagtail.checks import TAG
from mypart_wagtail.storage import NoPublicAddress

REPOSITORY = Path(__file__).parents[2]
PRIVATE = "mypart_wagtail.storage.PrivateFileSystemStorage"
SQLITE = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
IMMEDIATE = {"OPTIONS": {"transaction_mode": "IMMEDIATE"}}
RATES = "redis://127.0.0.1:6379/0"


class PrivateStorageElsewhere(NoPublicAddress, Storage):
    """Stands for a storage on another machine, whose files have no path here."""


def told(deploy: bool = False) -> set[str]:
    """The ids of our checks that failed."""
    failed = run_checks(tags=[TAG], include_deployment_checks=deploy)
    assert all(message.hint for message in failed), "Every fault has a remedy"
    return {message.id for message in failed}


def private(backend: str = PRIVATE, **options) -> dict:
    return current.STORAGES | {"mypart_private": {"BACKEND": backend, "OPTIONS": options}}


def test_the_sandbox_is_set_up_without_fault():
    assert told() == set()


def broken_settings(folder: Path) -> dict[str, dict]:
    """What breaks each check, and no other."""
    return {
        "E001 a word misspelt": {"MYPART": {"CAPTHCA": None}},
        "E002 no such storage": {"MYPART": {"PRIVATE_STORAGE": "nowhere"}},
        "E002 a class that does not exist": {"STORAGES": private("mypart_wagtail.storage.Missing")},
        "E002 an option it does not take": {"STORAGES": private(colour="red")},
        "E003 the folder of uploads": {"STORAGES": private(location=current.MEDIA_ROOT)},
        "E003 inside the folder of uploads": {
            "STORAGES": private(location=Path(current.MEDIA_ROOT) / "private")
        },
        "E003 a roundabout path": {
            "STORAGES": private(location=f"{current.STATIC_ROOT}/../{Path(current.STATIC_ROOT).name}/x")
        },
        "E003 inside the folder of a default storage that lies elsewhere": {
            "STORAGES": private(location=folder / "uploads" / "private")
            | {
                "default": {
                    "BACKEND": "django.core.files.storage.FileSystemStorage",
                    "OPTIONS": {"location": str(folder / "uploads")},
                }
            }
        },
        "E004 a public storage": {
            "STORAGES": private("django.core.files.storage.FileSystemStorage", location=folder)
        },
        "E005 Django's default": {"DATABASES": {"default": SQLITE}},
        "E005 a second database": {"DATABASES": {"default": SQLITE | IMMEDIATE, "archive": SQLITE}},
        "E006 missing": {"MIDDLEWARE": current.MIDDLEWARE[1:]},
        "E006 not first": {"MIDDLEWARE": [*current.MIDDLEWARE[1:], current.MIDDLEWARE[0]]},
        "E006 another alone": {"MIDDLEWARE": current.MIDDLEWARE[1:][::-1]},
        "E007": {"DATABASES": {"default": SQLITE | IMMEDIATE | {"ATOMIC_REQUESTS": True}}},
        "E008 no such module": {"MYPART": {"CAPTCHA": "nowhere.Captcha"}},
        "E008 no field": {"MYPART": {"CAPTCHA": "os.path"}},
        "E008 no path": {"MYPART": {"CAPTCHA": 123}},
        "E017 a word": {"MYPART": "yes"},
        "E017 nothing": {"MYPART": None},
        "E018 a word": {"MYPART": {"KEEP_PAGES": "no"}},
        "E008 no such class": {"MYPART": {"CAPTCHA": "mypart_wagtail.checks.Captcha"}},
        "E009 no rate": {"MYPART": {"PUBLIC_FORM_RATE": "often"}},
        "E009 a number alone": {"MYPART": {"PUBLIC_FORM_RATE": 20}},
        "E009 the other rate": {"MYPART": {"VERIFICATION_RATE": "200 a minute or so"}},
        "E010 no such storage": {"MYPART": {"RATE_LIMIT_STORAGE": "drawer://"}},
        "E010 no address": {"MYPART": {"RATE_LIMIT_STORAGE": None}},
        "E012": {"USE_TZ": False},
        "W006 as wagtail start writes it": {"TIME_ZONE": "UTC"},
        "W006 by its other name": {"TIME_ZONE": "Etc/UTC"},
        "W006 Django's default": {"TIME_ZONE": global_settings.TIME_ZONE},
        "E015": {"MIDDLEWARE": [name for name in current.MIDDLEWARE if "DisplayMiddleware" not in name]},
        "E014 in words": {"MYPART": {"TRUSTED_PROXIES": "one"}},
        "E014 a bound in words": {"MYPART": {"ARRIVAL_BOUND": "two minutes"}},
        "E014 below zero": {"MYPART": {"CAPTCHA_MINIMUM_SECONDS": -1}},
        "E016 one host": {"MYPART": {"EMBED_HOSTS": "www.youtube-nocookie.com"}},
        "E016 an address": {"MYPART": {"EMBED_HOSTS": ["https://www.youtube-nocookie.com/"]}},
    }


@pytest.mark.parametrize("case", broken_settings(Path()))
@pytest.mark.filterwarnings("ignore:Overriding setting")
def test_a_wrong_setting_is_told(case, settings, tmp_path):
    for name, value in broken_settings(tmp_path)[case].items():
        setattr(settings, name, value)
    assert told() == {f"mypart.{case.split()[0]}"}


def test_several_faults_are_told_at_once(settings):
    settings.MYPART = {"CAPTHCA": None, "CAPTCHA": "nowhere.Captcha", "PRIVATE_STORAGE": "nowhere"}
    assert told() == {"mypart.E001", "mypart.E002", "mypart.E008"}


def test_a_storage_elsewhere_lies_in_no_folder_of_this_machine(settings):
    settings.STORAGES = private("tests.core.test_checks.PrivateStorageElsewhere")
    assert told() == set()


class StorageWithoutNet(Storage):
    """A public storage whose service does not answer at the moment of the check."""

    def url(self, name):
        raise ConnectionError


def test_a_storage_that_cannot_say_is_not_taken_for_a_private_one(settings):
    settings.STORAGES = private("tests.core.test_checks.StorageWithoutNet")
    assert told() == {"mypart.E004"}


WAL = {"init_command": "PRAGMA journal_mode = WAL;", "timeout": 20}


@pytest.mark.parametrize(
    ("options", "is_told"),
    [
        (WAL, False),
        (WAL | {"init_command": ""}, True),
        (WAL | {"timeout": 5}, True),
        ({}, True),
    ],
)
@pytest.mark.filterwarnings("ignore:Overriding setting")
def test_sqlite_that_lets_people_wait_is_told_before_deployment(settings, options, is_told):
    settings.DATABASES = {"default": SQLITE | {"OPTIONS": IMMEDIATE["OPTIONS"] | options}}
    assert ("mypart.W005" in told(deploy=True)) == is_told


def test_a_site_without_content_security_policy_is_told_before_deployment(settings):
    assert "mypart.W004" not in told(deploy=True)
    settings.MIDDLEWARE = [name for name in current.MIDDLEWARE if "ContentSecurity" not in name]
    assert "mypart.W004" in told(deploy=True)
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "csp.middleware.CSPMiddleware"]
    assert "mypart.W004" not in told(deploy=True)


@pytest.mark.parametrize(
    ("id", "changes"),
    [
        ("E002", {"ACCOUNT_FORMS": {}}),
        ("E004", {"ACCOUNT_CHANGE_EMAIL": False}),
        ("E002", {"ACCOUNT_FORMS": {"signup": "allauth.account.forms.SignupForm"}}),
        ("E002", {"ACCOUNT_FORMS": {"signup": "nowhere.Form"}}),
        ("E003", {"ACCOUNT_ADAPTER": "allauth.account.adapter.DefaultAccountAdapter"}),
    ],
)
def test_accounts_set_up_without_our_forms_or_adapter_are_told(settings, id, changes):
    for name, value in changes.items():
        setattr(settings, name, value)
    assert told() == {f"mypart_accounts.{id}"}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "sandbox/manage.py", *arguments],
        cwd=REPOSITORY,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def check_host(folder: Path, *lines: str) -> str:
    """What ``manage.py check`` says in a project like the sandbox, changed by ``lines`` of its settings."""
    (folder / "host.py").write_text("\n".join(["from sandbox.settings.test import *", *lines]))
    path = os.pathsep.join([str(folder), str(REPOSITORY)])
    return manage("check", "--tag", TAG, PYTHONPATH=path, DJANGO_SETTINGS_MODULE="host").stderr


def test_a_host_that_forgot_an_app_is_told(tmp_path):
    """Apps cannot be taken from a running process."""
    said = check_host(
        tmp_path,
        "INSTALLED_APPS.remove('captcha')",
        "INSTALLED_APPS.remove('mypart_wagtail.blocks')",
        "MYPART = {}",
    )
    assert "mypart.E011" in said
    assert "mypart.E013" in said
    assert "identified 2 issues" in said


def test_who_asks_another_captcha_needs_no_app_for_ours(tmp_path):
    said = check_host(
        tmp_path,
        "INSTALLED_APPS.remove('captcha')",
        "MYPART = {'CAPTCHA': 'django.forms.CharField'}",
    )
    assert said == ""


def fit_for_many_processes() -> dict:
    return {
        "MYPART": current.MYPART | {"RATE_LIMIT_STORAGE": RATES},
        "CACHES": {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": RATES}},
        "TASKS": {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}},
    }


@pytest.mark.parametrize(
    ("left_out", "warning"), [("MYPART", "W001"), ("CACHES", "W002"), ("TASKS", "W003"), (None, None)]
)
def test_what_one_process_keeps_to_itself_is_told_before_deployment(settings, left_out, warning):
    for name, value in fit_for_many_processes().items():
        if name != left_out:
            setattr(settings, name, value)
    assert told(deploy=True) == ({f"mypart.{warning}"} if warning else set())
    assert told() == set()


def check_production(**environment: str) -> subprocess.CompletedProcess:
    """What ``manage.py check --deploy`` says of the sandbox's production settings."""
    return manage(
        *["check", "--deploy", "--fail-level", "WARNING"],
        PYTHONPATH=str(REPOSITORY),
        DJANGO_SETTINGS_MODULE="sandbox.settings.production",
        **environment,
    )


@pytest.fixture
def production(tmp_path) -> dict[str, str]:
    """The environment of a server, as the settings ask for it."""
    return {
        "MYPART_VAR": str(tmp_path),
        "SECRET_KEY": "".join(chr(33 + number % 90) for number in range(60)),
        "ALLOWED_HOSTS": "granty.example.org",
        "BASE_URL": "https://granty.example.org",
        "CACHE_URL": "rediscache://127.0.0.1:6379/1",
        "RATE_LIMIT_STORAGE": RATES,
        "TASKS_BACKEND": "django_tasks_db.DatabaseBackend",
    }


def test_the_production_settings_are_fit_for_deployment(production):
    checked = check_production(**production)
    assert checked.returncode == 0, checked.stderr
    assert "no issues (0 silenced)" in checked.stdout


def test_a_server_is_not_deployed_with_what_is_meant_for_one_machine(production):
    checked = check_production(**production | {"CACHE_URL": "locmemcache://", "SECRET_KEY": "short"})
    assert checked.returncode == 1
    assert "mypart.W002" in checked.stderr
    assert "security.W009" in checked.stderr
