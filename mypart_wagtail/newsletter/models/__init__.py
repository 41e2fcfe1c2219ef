"""Who gets the newsletter, its editions, and what the site says of it."""

from mypart_wagtail.newsletter.models.edition import Delivery, Edition
from mypart_wagtail.newsletter.models.settings import NewsletterSettings, NewsletterWords, Rhythm
from mypart_wagtail.newsletter.models.subscriber import Subscriber

__all__ = ["Delivery", "Edition", "NewsletterSettings", "NewsletterWords", "Rhythm", "Subscriber"]
