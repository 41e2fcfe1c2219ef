from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MypartGrantsConfig(AppConfig):
    """Calls and applications, filled with the form engine."""

    name = "mypart_wagtail.grants"
    label = "mypart_grants"
    verbose_name = _("Grants")
    default_auto_field = "django.db.models.BigAutoField"
    mypart_providers = {
        "verification.grants": "mypart_wagtail.grants.verification.mismatches",
        "dashboard.1_offers": "mypart_wagtail.grants.providers.own_offers",
        "dashboard.2_calls": "mypart_wagtail.grants.providers.calls_for_dashboard",
        "account.offers": "mypart_wagtail.grants.providers.account_link",
        "grants.calls": "mypart_wagtail.grants.providers.calls_block",
        "grants.call_choices": "mypart_wagtail.grants.providers.call_choices",
        "grants.open_calls": "mypart_wagtail.grants.providers.open_calls",
        "organisations.facts.offers": "mypart_wagtail.grants.providers.offers_of",
        "organisations.shows.awards": "mypart_wagtail.grants.providers.awards_of",
        "newsletter.topics.calls": "mypart_wagtail.grants.newsletter_topic.newsletter_topic",
    }

    def ready(self) -> None:
        from mypart_wagtail.generator.kinds import register_kind
        from mypart_wagtail.grants import signals  # noqa: F401
        from mypart_wagtail.grants.kind import ApplicationKind

        register_kind(ApplicationKind())
