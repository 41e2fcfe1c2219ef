"""Public forms of the engine."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from mypart_wagtail.rendering import AccessibleFormMixin

# What people write between the groups, or copy along with them.
_BETWEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u2010-\u2015\u2212\ufeff_.:-]+")

# Letters that are no hexadecimal digits, for the digits they are mistaken for on paper.
_MISREAD = str.maketrans("oil", "011")

_CHECKSUM = re.compile(r"[0-9a-f]{12}|[0-9a-f]{64}")


class ChecksumForm(AccessibleFormMixin, forms.Form):
    """Takes a checksum as people write it: spaces, dashes and capitals do not matter."""

    checksum = forms.CharField(
        label=_("Checksum"),
        help_text=_("For example 0a55-22c2-b414, from any page of the PDF, or the whole SHA-256."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )

    def clean_checksum(self) -> str:
        """12 or 64 hexadecimal digits."""
        digits = _BETWEEN.sub("", self.cleaned_data["checksum"].lower()).translate(_MISREAD)
        if not _CHECKSUM.fullmatch(digits):
            raise forms.ValidationError(
                _("A checksum has 12 or 64 characters, each a digit or a letter from a to f.")
            )
        return digits
