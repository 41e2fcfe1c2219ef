"""Signing in: one way in for everyone, and no way past the second factor."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from wagtail.models import Page, PageViewRestriction

from mypart_wagtail.accounts.checks import check_there_is_one_sign_in
from mypart_wagtail.accounts.models import AwaitedConfirmation
from tests.sites import default_site

pytestmark = pytest.mark.django_db

PASSWORD = "zielony rower 7"


@pytest.fixture
def clerk():
    return get_user_model().objects.create_superuser("clerk", "clerk@example.org", PASSWORD)


def sign_in(client, email="clerk@example.org", password=PASSWORD, url=None):
    return client.post(url or reverse("account_login"), {"login": email, "password": password})


def test_staff_come_to_the_admin_and_others_to_their_offers(client, clerk):
    assert sign_in(client)["Location"] == reverse("wagtailadmin_home")
    get_user_model().objects.create_user("ola", "ola@example.org", PASSWORD)
    client.logout()
    assert sign_in(client, "ola@example.org")["Location"] == reverse("mypart_grants:applications")


def test_with_a_second_factor_a_password_alone_lets_nobody_in(client, clerk):
    TOTP.activate(clerk, generate_totp_secret())
    answer = sign_in(client)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert client.get(reverse("wagtailadmin_home")).status_code == 302


def test_a_wrong_code_lets_nobody_in(client, clerk):
    TOTP.activate(clerk, generate_totp_secret())
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/login/?next=/admin/pages/"])
def test_wagtails_own_sign_in_leads_to_ours(client, clerk, path):
    TOTP.activate(clerk, generate_totp_secret())
    answer = client.post(path, {"username": "clerk", "password": PASSWORD})
    assert answer["Location"].startswith(reverse("account_login"))
    assert "_auth_user_id" not in client.session


def page_for_those_signed_in() -> Page:
    page = default_site().root_page.add_child(instance=Page(title="For members", slug="for-members"))
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return page


def test_wagtails_sign_in_for_pages_lets_nobody_past_the_second_factor(client, clerk):
    TOTP.activate(clerk, generate_totp_secret())
    path = reverse("wagtailcore_login")
    answer = client.post(f"{path}?next=/en/x/", {"username": "clerk@example.org", "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    assert answer["Location"] == f"{reverse('account_login')}?next=/en/x/"


def test_wagtails_sign_in_for_pages_waits_for_no_confirmation_it_skips(client):
    user = get_user_model().objects.create_user("robot", "robot@example.org", PASSWORD)
    AwaitedConfirmation.objects.create(user=user)
    for name in ("robot", "robot@example.org"):
        client.post(reverse("wagtailcore_login"), {"username": name, "password": PASSWORD})
        assert "_auth_user_id" not in client.session


def test_a_page_for_those_signed_in_leads_to_the_one_sign_in_and_back(client):
    page = page_for_those_signed_in()
    get_user_model().objects.create_user("ola", "ola@example.org", PASSWORD)
    answer = client.get(page.get_url())
    assert answer["Location"] == f"{reverse('account_login')}?next={page.get_url()}"
    assert sign_in(client, "ola@example.org", url=answer["Location"])["Location"] == page.get_url()


def test_a_host_that_leaves_another_sign_in_open_is_told(settings):
    settings.ROOT_URLCONF = "tests.accounts.open_urls"
    told = {error.msg.split()[1]: error.hint for error in check_there_is_one_sign_in()}
    assert set(told) == {"/pages/_util/login/", "/admin/login/", "/django-admin/login/"}
    assert "page_sign_in before it" in told["/pages/_util/login/"]
    assert "admin_sign_in before it" in told["/admin/login/"]


def test_the_sandbox_has_one_sign_in():
    assert check_there_is_one_sign_in() == []


def test_wagtails_own_password_reset_leads_to_ours(client):
    assert client.get("/admin/password_reset/")["Location"] == reverse("account_reset_password")


def test_wagtails_own_password_reset_changes_no_password(client, clerk):
    path = f"/admin/password_reset/confirm/{urlsafe_base64_encode(force_bytes(clerk.pk))}/"
    answer = client.get(f"{path}{default_token_generator.make_token(clerk)}/", follow=True)
    assert answer.status_code == 404


def test_the_account_page_of_the_admin_changes_neither_password_nor_email(client, clerk):
    client.force_login(clerk)
    html = client.get(reverse("wagtailadmin_account")).content.decode()
    assert 'name="password' not in html
    assert 'name="name_email-email"' not in html


def test_a_mail_server_that_is_away_fails_no_sign_up(client, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    settings.MYPART = {"CAPTCHA": None, "CAPTCHA_MINIMUM_SECONDS": 0}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            reverse("account_signup"), {"email": "ola@example.org", "password1": PASSWORD, "attempt": ""}
        )
    assert answer.status_code == 302
    assert client.session["_auth_user_id"]


PAGES = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_email_verification_sent",
]
OWN_PAGES = [
    "account_email",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
]


@pytest.mark.parametrize("name", PAGES)
def test_pages_for_everyone_wear_the_look_of_the_site(client, name):
    html = client.get(reverse(name)).content.decode()
    assert "mypart-header" in html


@pytest.mark.parametrize("name", OWN_PAGES)
def test_pages_of_ones_own_account_wear_the_look_of_the_site(client, clerk, name):
    sign_in(client)
    html = client.get(reverse(name), follow=True).content.decode()
    assert "mypart-header" in html
