"""Every page of an account in every state worth seeing, for tests that look at all of them."""

from collections.abc import Callable
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.people import PASSWORD

State = Callable[[Client, Any], Any]


def open_page(name: str, *arguments: Any) -> State:
    """The page as it first opens."""
    return lambda client, user: client.get(reverse(name, args=arguments), follow=True)


def post(name: str, **typed: str) -> State:
    """The page after ``typed`` was posted."""
    return lambda client, user: client.post(reverse(name), typed, follow=True)


def from_mail(client: Client, user: Any) -> Any:
    address = EmailAddress.objects.create(user=user, email="nowa@example.org")
    key = EmailConfirmationHMAC(address).key
    return client.get(reverse("account_confirm_email", args=[key]))


def from_mail_of_the_present_address(client: Client, user: Any) -> Any:
    return client.get(_confirm_url(user))


def wrong_password_at_the_link(client: Client, user: Any) -> Any:
    return client.post(_confirm_url(user), {"password": "nie to"})


def _confirm_url(user: Any) -> str:
    address = EmailAddress.objects.get(user=user)
    address.verified = False
    address.save()
    return reverse("account_confirm_email", args=[EmailConfirmationHMAC(address).key])


def unconfirmed(client: Client, user: Any) -> Any:
    _confirm_url(user)
    return client.get(reverse("account_email"))


def new_password(client: Client, user: Any) -> Any:
    return client.get(_reset_url(user), follow=True)


def two_different_passwords(client: Client, user: Any) -> Any:
    page = client.get(_reset_url(user))["Location"]
    return client.post(page, {"password1": "zielony rower 7", "password2": "inny rower 8"})


def _reset_url(user: Any) -> str:
    token = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), token])


def second_step(client: Client, user: Any) -> Any:
    TOTP.activate(user, generate_totp_secret())
    return client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD}, follow=True)


def wrong_code(client: Client, user: Any) -> Any:
    second_step(client, user)
    return client.post(reverse("mfa_authenticate"), {"code": "000000"})


def signed_out_by_inactivity(client: Client, user: Any) -> Any:
    user.is_active = False
    user.save()
    return client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD}, follow=True)


def with_second_factor(state: State) -> State:
    def opened(client: Client, user: Any) -> Any:
        TOTP.activate(user, generate_totp_secret())
        RecoveryCodes.activate(user)
        return state(client, user)

    return opened


def with_second_address(state: State) -> State:
    def opened(client: Client, user: Any) -> Any:
        EmailAddress.objects.create(user=user, email="praca@example.org", verified=False)
        return state(client, user)

    return opened


def known(state: State) -> State:
    """The same, just after having typed the password again."""

    def opened(client: Client, user: Any) -> Any:
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        return state(client, user)

    return opened


SIGNED_OUT: dict[str, State] = {
    "sign in": open_page("account_login"),
    "sign in, wrong password": post("account_login", login="ola@example.org", password="nie to"),
    "sign in, inactive account": signed_out_by_inactivity,
    "sign up": open_page("account_signup"),
    "sign up, empty": post("account_signup", email="", password1=""),
    "forgotten password": open_page("account_reset_password"),
    "forgotten password, no address": post("account_reset_password", email="ola"),
    "forgotten password, mail sent": open_page("account_reset_password_done"),
    "new password": new_password,
    "new password, two different": two_different_passwords,
    "new password, used link": open_page("account_reset_password_from_key", "0", "bad"),
    "new password, done": open_page("account_reset_password_from_key_done"),
    "confirm the address": from_mail,
    "confirm the present address": from_mail_of_the_present_address,
    "confirm the address, wrong password": wrong_password_at_the_link,
    "confirm the address, old link": open_page("account_confirm_email", "old"),
    "confirm the address, mail sent": open_page("account_email_verification_sent"),
    "inactive account": open_page("account_inactive"),
    "second step": second_step,
    "second step, wrong code": wrong_code,
}
SIGNED_IN: dict[str, State] = {
    "addresses": open_page("account_email"),
    "addresses, one waits": with_second_address(open_page("account_email")),
    "addresses, unconfirmed": unconfirmed,
    "confirm the address, in one's own session": from_mail_of_the_present_address,
    "addresses, a wrong one": post("account_email", action_add="", email="ola"),
    "change password": open_page("account_change_password"),
    "change password, wrong": post("account_change_password", oldpassword="x", password1="1"),
    "delete the account": known(open_page("mypart_accounts:delete")),
    "sign out": open_page("account_logout"),
    "confirm it is you": open_page("account_reauthenticate"),
    "confirm it is you, by code": with_second_factor(open_page("mfa_reauthenticate")),
    "second factor, off": open_page("mfa_index"),
    "second factor, on": with_second_factor(open_page("mfa_index")),
    "second factor, switching on": known(open_page("mfa_activate_totp")),
    "second factor, wrong code": known(post("mfa_activate_totp", code="000000")),
    "second factor, switching off": known(with_second_factor(open_page("mfa_deactivate_totp"))),
    "recovery codes": known(with_second_factor(open_page("mfa_view_recovery_codes"))),
    "recovery codes, new": known(with_second_factor(open_page("mfa_generate_recovery_codes"))),
}


def opened(name: str, language: str, user: Any) -> HttpResponse:
    """The page ``name`` as ``user`` gets it in ``language``."""
    cache.clear()
    client = Client(headers={"accept-language": language})
    with translation.override(language):
        if name in SIGNED_IN:
            client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
        return (SIGNED_OUT | SIGNED_IN)[name](client, user)
