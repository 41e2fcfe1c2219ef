from django.db import models
from django.utils.translation import gettext_lazy as _


class AppendOnly(models.QuerySet):
    """Refuses what would change or remove rows."""

    def update(self, **kwargs: object) -> int:
        raise TypeError("Events are only ever added.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("Events are only ever added.")


class Event(models.Model):
    """Something that happened, in past tense, chained to the event before it in the same stream.

    A stream is the UUID of what the events are about: a document, or the record of a call. Events hold
    ids and hashes, never names, values or free text, so that personal data can be erased elsewhere and
    every chain stays verifiable. Written by ``events.append_event`` alone.
    """

    stream = models.UUIDField()
    sequence = models.PositiveIntegerField()
    name = models.CharField(_("event"), max_length=50)
    at = models.DateTimeField(_("time"))
    actor = models.CharField(max_length=64, blank=True)
    payload = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["stream", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["stream", "sequence"], name="mypart_event_sequence"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.name}"

    def save(self, *args: object, **kwargs: object) -> None:
        if self.pk is not None:
            raise TypeError("Events are only ever added.")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise TypeError("Events are only ever added.")
