from django.db import models
from django.utils.translation import gettext_lazy as _


class Authority(models.Model):
    """A body of public administration that announces calls, such as the mayor of a city.

    Legal source: art. 5 of the act of 24 April 2003 on public benefit activity and volunteerism.
    """

    site = models.ForeignKey(
        "wagtailcore.Site",
        on_delete=models.PROTECT,
        related_name="mypart_authorities",
        verbose_name=_("site"),
    )
    name = models.CharField(
        _("name"),
        max_length=250,
        help_text=_("As in the heading of an offer, such as “Prezydent Miasta Mysłowice”."),
    )
    office = models.CharField(_("office"), max_length=250, blank=True)
    address = models.TextField(_("address"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=50, blank=True)
    officer_name = models.CharField(_("data-protection officer"), max_length=150, blank=True)
    officer_email = models.EmailField(_("officer's e-mail"), blank=True)
    officer_phone = models.CharField(_("officer's phone"), max_length=50, blank=True)

    class Meta:
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def has_officer(self) -> bool:
        """Whether people are told how to reach the data-protection officer."""
        return bool(self.officer_email or self.officer_phone)
