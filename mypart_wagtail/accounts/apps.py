from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MypartAccountsConfig(AppConfig):
    """Optional: the accounts of NGO people by django-allauth, in the package's look and words.

    Listed before ``allauth`` in ``INSTALLED_APPS``, its ``urls`` before ``allauth.urls``, and its view
    ``too_many_requests`` as ``handler429``. No other app needs it: they know ``request.user`` only.
    """

    name = "mypart_wagtail.accounts"
    label = "mypart_accounts"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"
    mypart_providers = {
        "account.settings": "mypart_wagtail.accounts.providers.account_link",
        "accounts.has_confirmed_address": "mypart_wagtail.accounts.providers.has_confirmed_address",
        "accounts.send_confirmation_url": "mypart_wagtail.accounts.providers.send_confirmation_url",
    }

    def ready(self) -> None:
        from mypart_wagtail.accounts import checks, signals  # noqa: F401
