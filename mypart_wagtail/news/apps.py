from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MypartNewsConfig(AppConfig):
    """News and notices: pages, their lists, archive and feeds."""

    name = "mypart_wagtail.news"
    label = "mypart_news"
    verbose_name = _("News")
    default_auto_field = "django.db.models.BigAutoField"
    mypart_providers = {
        "news.latest": "mypart_wagtail.news.providers.latest",
        "news.notices": "mypart_wagtail.news.providers.notices",
        "organisations.shows.news": "mypart_wagtail.news.providers.of_organisation",
        "organisations.shows.notices": "mypart_wagtail.news.providers.notices_of_organisation",
        "newsletter.topics.news": "mypart_wagtail.news.providers.newsletter_topic",
        "publishing.writes.news": "mypart_wagtail.news.providers.form_of",
        "publishing.writes.notice": "mypart_wagtail.news.providers.editor_of_notice",
    }

    def ready(self) -> None:
        from mypart_wagtail.news import checks, signals  # noqa: F401
