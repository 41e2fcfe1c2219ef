from wagtail.fields import StreamField
from wagtail.models import Page

from mypart_wagtail.blocks.offer_generator import OfferGeneratorBlock


class HomePage(Page):
    """A page type of the host, with our block among its own."""

    body = StreamField([("offers", OfferGeneratorBlock())], blank=True)
