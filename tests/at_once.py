"""Several people at the same moment, for tests."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Do all ``deeds`` in threads that start together; what each gave, in their order."""
    ready = Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> Any:
        try:
            ready.wait()
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return [future.result() for future in [threads.submit(do, deed) for deed in deeds]]
