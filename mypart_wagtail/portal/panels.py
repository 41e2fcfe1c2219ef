"""What awaits staff on the home page of the admin."""

from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from mypart_wagtail.portal.lacking import lacking
from mypart_wagtail.portal.models import Message
from mypart_wagtail.staff import sites_of


class WaitingMessagesPanel(Component):
    """How many messages wait for an answer, and how many are late; nothing where none waits."""

    name = "mypart_waiting_messages"
    order = 215
    template_name = "mypart_portal/admin/waiting_messages.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        mine = Message.objects.waiting().filter(site__in=sites_of(parent_context["request"].user))
        is_late = Q(due_on__lt=timezone.localdate())
        counted = mine.aggregate(count=Count("pk"), late=Count("pk", filter=is_late), next_due=Min("due_on"))
        return {**counted, "url": f"{reverse('mypart_admin_messages:index')}?waits=true"}


class LackingPanel(Component):
    """What the law wants on every page and is not there yet; nothing where nothing is missing."""

    name = "mypart_lacking"
    order = 220
    template_name = "mypart_portal/admin/lacking.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        found = [(site, lacking(site)) for site in sites_of(parent_context["request"].user)]
        return {"sites": [(site, parts) for site, parts in found if parts], "are_many": len(found) > 1}
