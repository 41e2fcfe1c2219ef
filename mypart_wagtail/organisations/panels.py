"""What awaits staff on the home page of the admin."""

from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from wagtail.admin.ui.components import Component

from mypart_wagtail.organisations.models import JoinRequest, JoinStatus


class WaitingRequestsPanel(Component):
    """How many requests to join wait for an answer, and since when; nothing where none does."""

    name = "mypart_waiting_requests"
    order = 210
    template_name = "mypart_organisations/admin/waiting_requests.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        waiting = JoinRequest.objects.filter(status=JoinStatus.PENDING)
        list_url = reverse("mypart_admin_join_requests:index")
        counted = waiting.aggregate(count=Count("pk"), since=Min("asked_at"))
        return {**counted, "url": f"{list_url}?status={JoinStatus.PENDING}"}
