"""An nginx of one's own, made from the installed program and gone afterwards."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.deployment.throwaway import answers, find, wait_for

GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "run-on-a-server.md"
BLOCK = re.compile(r"^```nginx\n(.*?)^```", re.MULTILINE | re.DOTALL)
# What stands around the configuration of a site. Only root may say who its workers are.
AROUND = """
daemon off;
{user}
pid {folder}/nginx.pid;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    types {{ text/html html; text/css css; text/javascript js; image/svg+xml svg; }}
    {site}
}}
"""


def guide_configuration() -> str:
    """The configuration that the guide tells to write, to the letter."""
    [text] = BLOCK.findall(GUIDE.read_text())
    return text


@contextmanager
def nginx(site: str, *ports: int) -> Iterator[None]:
    """Serve ``site``, the inside of ``http { … }``, which listens on ``ports``."""
    with tempfile.TemporaryDirectory(prefix="mypart-nginx-") as folder:
        user = "user root;" if os.geteuid() == 0 else ""
        configuration = Path(folder) / "nginx.conf"
        configuration.write_text(AROUND.format(user=user, folder=folder, site=site))
        log = Path(folder) / "error.log"
        server = subprocess.Popen([find("nginx"), "-p", folder, "-c", configuration, "-e", log])
        try:
            wait_for(lambda: server.poll() is not None or all(map(answers, ports)), "nginx to start")
            assert server.poll() is None, log.read_text()
            yield
        finally:
            server.terminate()
            server.wait()
