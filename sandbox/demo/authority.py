"""The authority that announces the calls, and its legal texts."""

from django.db import transaction
from wagtail.models import Site

from mypart_wagtail.organisations.models import Authority, LegalText
from sandbox.demo.content import read


@transaction.atomic
def make_authority(site: Site) -> Authority:
    """The mayor with the data-protection officer, the clause in two versions, and the terms."""
    content = read("authority")
    found = Authority.objects.filter(site=site, name=content["authority"]["name"]).first()
    if found is not None:
        return found
    authority = Authority.objects.create(site=site, **content["authority"])
    for text in content["texts"]:
        LegalText.objects.create(authority=authority, **text)
    return authority
