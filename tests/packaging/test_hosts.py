"""Every app works without its neighbours, in any order, in a host of one language, without allauth."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]

# Each host is migrated from nothing, in a process of its own.
pytestmark = pytest.mark.slow

CORE = ["mypart_wagtail.blocks", "mypart_wagtail", "captcha"]
GRANTS = ["mypart_wagtail.grants", "mypart_wagtail.generator", "mypart_wagtail.organisations", *CORE]


def opened(folder: Path, apps: list[str], languages: str = "pl en", ours_last: bool = False) -> list[str]:
    """The addresses that opened in a host with ``apps``. What goes wrong there is the error."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.packaging.host.open"],
        cwd=REPOSITORY,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "tests.packaging.host.settings",
            "HOST_VAR": str(folder),
            "HOST_APPS": " ".join(apps),
            "HOST_LANGUAGES": languages,
            "HOST_OURS_LAST": "yes" if ours_last else "",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout.splitlines()


def test_organisations_alone_in_a_host_without_translations(tmp_path):
    assert "/organisations/" in opened(tmp_path, ["mypart_wagtail.organisations", *CORE], languages="")


def test_the_portal_alone(tmp_path):
    assert "/portal/barrier/" in opened(tmp_path, ["mypart_wagtail.portal", *CORE])


def test_news_and_the_organisations_that_write_them(tmp_path):
    apps = ["mypart_wagtail.news", "mypart_wagtail.organisations", *CORE]
    assert "/admin/news-categories/" in opened(tmp_path, apps)


def test_the_newsletter_with_the_news(tmp_path):
    apps = ["mypart_wagtail.newsletter", "mypart_wagtail.news", "mypart_wagtail.organisations", *CORE]
    assert "/newsletter/" in opened(tmp_path, apps)


def test_the_form_engine_alone_in_a_host_of_two_languages(tmp_path):
    assert "/forms/verify/" in opened(tmp_path, ["mypart_wagtail.generator", *CORE])


def test_grants_in_a_host_of_one_language_with_the_apps_in_another_order(tmp_path):
    assert "/offers/" in opened(tmp_path, GRANTS[::-1], languages="pl", ours_last=True)
