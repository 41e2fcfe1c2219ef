"""Behind a real nginx: the doctor tells a proxy that stamps as it should from all that do not."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from mypart_wagtail.doctor import Finding, Options
from mypart_wagtail.proxy_doctor import examine_proxy
from tests.deployment.city import REPOSITORY
from tests.deployment.nginx import nginx
from tests.deployment.throwaway import answers, free_port, missing, wait_for

pytestmark = pytest.mark.servers

STAMP = 'proxy_set_header X-Request-Start "t=$msec";'


@pytest.fixture(scope="module")
def site() -> Iterator[int]:
    """The port of a web process of the sandbox that trusts one proxy."""
    if packages := missing():
        pytest.fail(f"These tests start servers of their own. Please install: {' '.join(packages)}")
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "waitress", f"--listen=127.0.0.1:{port}", "sandbox.wsgi:application"],
        cwd=REPOSITORY,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "sandbox.settings.test", "TRUSTED_PROXIES": "1"},
    )
    try:
        wait_for(lambda: answers(port), "a web process to start")
        yield port
    finally:
        process.terminate()
        process.wait()


@pytest.fixture
def examined(site, settings) -> Callable[..., Finding]:
    """What the doctor finds through a proxy with these lines in its location, and those in its server."""
    settings.MYPART = settings.MYPART | {"TRUSTED_PROXIES": 1}

    def examine(location: str, server: str = "", behind: int = site) -> Finding:
        port = free_port()
        with nginx(proxy(port, location, server, behind), port):
            return told(f"http://127.0.0.1:{port}")

    return examine


def told(address: str) -> Finding:
    [finding] = examine_proxy(Options(through=address))
    return finding


def proxy(port: int, location: str, server: str, behind: int) -> str:
    passed_on = f"location / {{ proxy_pass http://127.0.0.1:{behind}; {location} }}"
    return f"server {{ listen 127.0.0.1:{port}; {server} {passed_on} }}"


def test_a_proxy_that_stamps_the_last_byte_in_the_location_is_right(examined):
    finding = examined(STAMP)
    assert not finding.remedy, finding
    assert "stamps the last byte" in finding.message


def test_inner_proxies_hand_the_stamp_on(examined, site):
    inner = free_port()
    with nginx(proxy(inner, "proxy_set_header X-Inner 1;", "", site), inner):
        assert not examined(STAMP, behind=inner).remedy


def test_a_proxy_that_sends_no_stamp_is_a_fault(examined):
    finding = examined('proxy_set_header X-Request-Start "";')
    assert "sends no stamp of arrival" in finding.message
    assert 'proxy_set_header X-Request-Start "t=$msec"' in finding.remedy


@pytest.mark.parametrize("value", ["$msec", "t=${msec}000", "t=$time_iso8601", "t=$msec, t=$msec"])
def test_a_stamp_in_another_notation_is_a_fault(examined, value):
    finding = examined(f'proxy_set_header X-Request-Start "{value}";')
    assert "can be read" in finding.message
    assert finding.remedy


@pytest.mark.parametrize(
    ("location", "server"),
    [
        pytest.param("", "", id="nothing sets it"),
        pytest.param("proxy_set_header Host $host;", STAMP, id="the location inherits none"),
        pytest.param("proxy_set_header X-Request-Start $http_x_request_start;", "", id="it is handed on"),
    ],
)
def test_a_forged_stamp_that_comes_through_is_a_fault(examined, location, server):
    finding = examined(location, server)
    assert "anybody may forge" in finding.message
    assert "in the location itself" in finding.remedy


@pytest.mark.parametrize(
    ("location", "server"),
    [
        pytest.param(f"proxy_request_buffering off; {STAMP}", "", id="without buffering"),
        pytest.param(
            "proxy_set_header X-Request-Start $began;", 'set $began "t=$msec";', id="by a variable of set"
        ),
    ],
)
def test_a_stamp_of_the_first_byte_is_a_fault(examined, location, server):
    finding = examined(location, server)
    assert "stamps the first byte" in finding.message
    assert "proxy_request_buffering" in finding.remedy


@pytest.mark.parametrize(("drift", "words"), [(-3, "s behind ours"), (30, "s ahead of ours")])
def test_a_proxy_whose_clock_is_wrong_is_a_fault(examined, drift, words):
    finding = examined(f'proxy_set_header X-Request-Start "t={time.time() + drift:.3f}";')
    assert words in finding.message
    assert "NTP" in finding.remedy


def test_another_project_at_that_address_is_a_fault(examined, settings):
    settings.SECRET_KEY = "the key of another project, long enough to be one"
    finding = examined(STAMP)
    assert "answers " in finding.message
    assert "SECRET_KEY" in finding.remedy


def test_a_proxy_before_a_site_that_does_not_answer_is_a_fault(examined):
    assert "answers 502" in examined(STAMP, behind=free_port()).message


def test_an_address_where_nothing_listens_is_a_fault(settings):
    settings.MYPART = settings.MYPART | {"TRUSTED_PROXIES": 1}
    assert told(f"http://127.0.0.1:{free_port()}").remedy


def test_where_no_proxy_is_trusted_its_stamp_is_not_read(site):
    assert "TRUSTED_PROXIES'] is 0" in told(f"http://127.0.0.1:{site}").message
