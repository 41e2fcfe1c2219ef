"""``manage.py mypart_doctor`` says where mail programs cannot unsubscribe by one press."""

import pytest
from wagtail.models import Site

from mypart_wagtail.doctor import Options
from mypart_wagtail.newsletter.doctor import examine_newsletter
from tests.sites import new_site

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("hostname", "port", "redirects", "is_fault"),
    [
        ("city.example.org", 443, True, False),
        ("city.example.org", 443, False, False),
        ("city.example.org", 80, True, True),
        ("city.example.org", 80, False, True),
        ("localhost", 80, True, True),
        ("localhost", 8000, False, False),
    ],
)
def test_an_address_where_a_post_would_be_redirected_is_a_fault(
    settings, hostname, port, redirects, is_fault
):
    settings.SECURE_SSL_REDIRECT = redirects
    Site.objects.all().delete()
    new_site("second.example.org", is_default_site=True, port=443)
    new_site(hostname, port=port)
    [finding] = examine_newsletter(Options())
    assert bool(finding.remedy) == is_fault
    assert ("port 443" in finding.remedy) == is_fault
    assert (f"http://{hostname}" in finding.message) == is_fault
    assert "second.example.org" not in finding.message
