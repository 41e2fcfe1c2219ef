"""Pages whose drafts may lack what publishing asks for."""

from typing import Any

from django.db import models


class CompleteWhenPublished(models.Model):
    """A page that is asked for its ``null=True`` fields only when it is published.

    The page form asks. Raising on the page itself, which Wagtail cleans on every way to publication, would
    break bulk publishing and stop the scheduler for every page after this one.
    """

    class Meta:
        abstract = True

    def full_clean(self, exclude: Any = None, **kwargs: Any) -> None:  # type: ignore[override]
        lacking = {field.name for field in self._meta.concrete_fields if self._lacks(field)}
        super().full_clean(exclude={*(exclude or ()), *lacking}, **kwargs)

    def _lacks(self, field: models.Field) -> bool:
        asked_on_publishing = field.null and not field.blank and not field.is_relation
        return asked_on_publishing and not getattr(self, field.attname)
