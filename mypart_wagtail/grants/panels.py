"""Panels that tell an editor of a call's page how it stands with its record."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel


class NotAnnouncedPanel(Panel):
    """Why the call, or the latest change of it, is not announced; shown only then."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "mypart_grants/admin/panels/not_announced.html"

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.gaps = self._gaps()

        def is_shown(self) -> bool:
            return bool(self.gaps)

        def _gaps(self) -> list[Any]:
            from mypart_wagtail.grants.announcing import why_not_announced

            if self.instance.pk is None or not self.instance.live:  # A new page is live by default.
                return []
            # The form holds the draft; what is or is not announced is the published page.
            return why_not_announced(type(self.instance)._default_manager.get(pk=self.instance.pk))


class FactsPanel(Panel):
    """The facts of the call, to be read, on pages that do not speak for them: its translations."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "mypart_grants/admin/panels/facts.html"

        def is_shown(self) -> bool:
            return self.instance.tells_facts_of_another

        @property
        def source(self) -> Any:
            from mypart_wagtail.grants.sources import source_page

            return source_page(self.instance.record)

        @property
        def facts(self) -> list[Any]:
            from mypart_wagtail.grants.facts_in_words import facts_in_words

            return facts_in_words(self.instance.record.version_in_force.facts)
