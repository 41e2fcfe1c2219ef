"""Dates and times for people, in the current time zone and language, the same on screen, paper and in mail.

All functions take aware datetimes. ``24:00`` of a day is stored as 00:00 of the next day and reads as the
end of that day.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

DATE_FORMAT = "j E Y"
TIME_FORMAT = "H:i"
EXACT_TIME_FORMAT = "H:i:s"


def format_date(day: date) -> str:
    """``23 listopada 2026``. An aware datetime is first turned to the current time zone."""
    if isinstance(day, datetime):
        day = timezone.localtime(day)
    return date_format(day, DATE_FORMAT)


def format_moment(moment: datetime) -> str:
    """``23 listopada 2026, godz. 15:30``."""
    local = timezone.localtime(moment)
    # Translators: a date and a time of day; in Polish "%(date)s, godz. %(time)s"
    return _("%(date)s, %(time)s") % {"date": format_date(local), "time": date_format(local, TIME_FORMAT)}


def format_exact_moment(moment: datetime) -> str:
    """``23 listopada 2026, godz. 15:30:02``, where a second may decide."""
    local = timezone.localtime(moment)
    return _("%(date)s, %(time)s") % {
        "date": format_date(local),
        "time": date_format(local, EXACT_TIME_FORMAT),
    }


def format_opening(moment: datetime) -> str:
    """``23 listopada 2026, godz. 8:00``; the day alone where something begins with the day."""
    return format_date(moment) if timezone.localtime(moment).time() == time.min else format_moment(moment)


def format_deadline(deadline: datetime) -> str:
    """``23 listopada 2026, przed godz. 15:30``, or ``do końca dnia 23 listopada 2026``."""
    local = timezone.localtime(deadline)
    if local.time() == time.min:
        # Translators: in Polish "do końca dnia %(date)s"
        return _("by the end of %(date)s") % {"date": format_date(_last_day(deadline))}
    # Translators: a date and a time of day; in Polish "%(date)s, przed godz. %(time)s"
    return _("%(date)s, before %(time)s") % {
        "date": format_date(local),
        "time": date_format(local, TIME_FORMAT),
    }


def format_when(moment: datetime, now: datetime) -> str:
    """``o 15:32``, or ``24 listopada 2026 o 00:02`` on another day than that of ``now``.

    To the next full minute, so that what is promised for then is there.
    """
    minute = timezone.localtime(moment + timedelta(minutes=1, microseconds=-1))
    facts = {"date": format_date(minute), "time": date_format(minute, TIME_FORMAT)}
    if minute.date() == timezone.localdate(now):
        # Translators: a time of day within a sentence; in Polish "o %(time)s"
        return _("at %(time)s") % facts
    # Translators: a date and a time of day within a sentence; in Polish "%(date)s o %(time)s"
    return _("on %(date)s at %(time)s") % facts


def format_time_left(deadline: datetime, now: datetime) -> str:
    """How long is left at ``now``: in days, and on the last day in hours or minutes."""
    if now >= deadline:
        return _("The deadline has passed.")
    days = (_last_day(deadline) - timezone.localtime(now).date()).days
    if days:
        return ngettext("%(count)s day left", "%(count)s days left", days) % {"count": days}
    minutes = (deadline - now) // timedelta(minutes=1)
    if minutes >= 90:
        hours = minutes // 60
        return ngettext("about %(count)s hour left", "about %(count)s hours left", hours) % {"count": hours}
    if minutes:
        return ngettext("about %(count)s minute left", "about %(count)s minutes left", minutes) % {
            "count": minutes
        }
    return _("less than a minute left")


def format_days_left(deadline: datetime, now: datetime) -> str:
    """The same by days only, for pages that caches keep for a while."""
    if is_last_day(deadline, now):
        return _("today is the last day")
    return format_time_left(deadline, now)


def is_last_day(deadline: datetime, now: datetime) -> bool:
    """Whether ``now`` falls on the last day on which ``deadline`` can still be met."""
    return now < deadline and _last_day(deadline) == timezone.localtime(now).date()


def end_of_day(day: date) -> datetime:
    """The midnight (aware, in the site's zone) that ends ``day``."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _last_day(deadline: datetime) -> date:
    return timezone.localtime(deadline - timedelta(microseconds=1)).date()
