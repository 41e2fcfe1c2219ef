from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MypartBlocksConfig(AppConfig):
    """StreamField blocks for editors, imported as ``mypart_wagtail.blocks``."""

    name = "mypart_wagtail.blocks"
    label = "mypart_blocks"
    verbose_name = _("My PART blocks")
