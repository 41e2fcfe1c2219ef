"""Work done after the answer is given. Every task may run twice without harm."""

from django_tasks import task
from wagtail.models import Site

from mypart_wagtail.organisations.services import make_profiles


@task()
def make_missing_profiles(site_pk: int) -> None:
    """Make the profiles that the directory of a site lacks."""
    site = Site.objects.filter(pk=site_pk).first()
    if site is not None:
        make_profiles(site=site)
