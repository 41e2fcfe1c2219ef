"""An nginx of one's own, made from the installed program and gone afterwards."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.deployment.city import HOSTNAME
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


def guide_site(folder: Path, *, http: int, https: int, web_process: int, changes: dict[str, str]) -> str:
    """The guide's configuration on ports and in a folder of one's own, with a certificate made for it.

    One web process stands behind it, so that every request is answered, or is not, by the same.
    """
    make_certificate(folder)
    changes |= {
        "listen 80;": f"listen 127.0.0.1:{http};",
        "listen 443 ssl;": f"listen 127.0.0.1:{https} ssl;",
        "127.0.0.1:8001": f"127.0.0.1:{web_process}",
        "    server 127.0.0.1:8002 max_fails=0;\n": "",
        "/etc/ssl/oferty.example.org/": f"{folder}/",
        "/srv/mypart/": f"{folder}/",
    }
    text = guide_configuration()
    for old, new in changes.items():
        assert old in text, f"The guide no longer says {old}"
        text = text.replace(old, new)
    return text


def make_certificate(folder: Path) -> None:
    """For 127.0.0.1, in ``fullchain.pem`` and ``privkey.pem``."""
    files = ["-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"]
    name = ["-subj", f"/CN={HOSTNAME}", "-addext", "subjectAltName=IP:127.0.0.1"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *files, *name]
    subprocess.run(command, check=True, capture_output=True)


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
