from typing import Any

from django import template
from django.template.context import Context

from mypart_wagtail.organisations.legal import texts_for
from mypart_wagtail.organisations.models import LegalText

register = template.Library()


@register.simple_tag(takes_context=True)
def legal_texts(context: Context) -> list[LegalText]:
    """The site's legal texts, for pages whose views are allauth's."""
    request: Any = context.get("request")
    return texts_for(request) if request else []
