"""What the newsletter adds to ``manage.py mypart_doctor``."""

from django.conf import settings
from wagtail.models import Site

from mypart_wagtail.doctor import LOCAL_HOSTS, REDIRECT, Fault, Options, examination


@examination("newsletter", remedy="Migrate the database (manage.py migrate).")
def examine_newsletter(options: Options) -> str:
    """Mail programs unsubscribe by one post over HTTPS, which must not be redirected (RFC 8058)."""
    wrong = [site.root_url for site in Site.objects.all() if _cannot_be_left_by_one_press(site)]
    if wrong:
        raise Fault(
            f"mail programs cannot unsubscribe by one press at {', '.join(wrong)}",
            "In the admin, under Settings, Sites, give each site port 443, and let it answer by https.",
        )
    return "mail programs can unsubscribe by one press"


def _cannot_be_left_by_one_press(site: Site) -> bool:
    """On one's own machine there may be no HTTPS, unless what comes without it is sent on."""
    is_local = site.hostname in LOCAL_HOSTS and not getattr(settings, REDIRECT, False)
    return not is_local and not site.root_url.startswith("https://")
