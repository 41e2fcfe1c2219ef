"""What the demo says, read from ``data/*.toml``, with its years and days moved around today."""

import tomllib
import uuid
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

DATA = Path(__file__).parent / "data"
NAMESPACE = uuid.UUID("6d795061-7274-4465-8d6f-000000000001")


def read(name: str) -> dict[str, Any]:
    """The content of ``data/<name>.toml``; ``{next_year}`` and its like become years."""
    text = (DATA / f"{name}.toml").read_text(encoding="utf-8")
    return _with_years(tomllib.loads(text))


def code_uuid(code: str) -> uuid.UUID:
    """The same UUID for the same code, in every run."""
    return uuid.uuid5(NAMESPACE, code)


def day(days: int) -> date:
    """The day that lies ``days`` after today."""
    return timezone.localdate() + timedelta(days=days)


def moment(days: int, hour: str = "00:00") -> datetime:
    """The hour of the day that lies ``days`` after today; 24:00 is the midnight that ends it."""
    if hour == "24:00":
        return moment(days + 1)
    return timezone.make_aware(datetime.combine(day(days), time.fromisoformat(hour)))


def _with_years(value: Any) -> Any:
    if isinstance(value, str):
        return value.format(**_years()).strip()
    if isinstance(value, list):
        return [_with_years(item) for item in value]
    if isinstance(value, dict):
        return {key: _with_years(item) for key, item in value.items()}
    return value


def _years() -> dict[str, int]:
    year = timezone.localdate().year
    return {"last_year": year - 1, "year": year, "next_year": year + 1, "third_year": year + 3}
