"""The Prefect server that schedules: the one the settings name, else one on this machine."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import httpx
from prefect.settings import (
    PREFECT_API_URL,
    PREFECT_SERVER_API_PORT,
    PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS,
    temporary_settings,
)

from textmine.errors import ConfigError, TextmineError

HOST = "127.0.0.1"


@contextmanager
def scheduling_server() -> Iterator[str]:
    """Address of a server that starts flows when they are due; inside the block Prefect uses it.

    Without ``PREFECT_API_URL`` one is started on this machine and stopped at the end: the server that Prefect embeds in
    a flow run has no scheduler. Its port is ``PREFECT_SERVER_API_PORT`` (4200), its database in ``PREFECT_HOME``.

    Raises
    ------
    ConfigError
        If the port is taken.
    TextmineError
        If the server does not start.
    """
    if given := PREFECT_API_URL.value():
        yield given
        return
    port = PREFECT_SERVER_API_PORT.value()
    if _answers(port):
        raise ConfigError(
            "the port of the Prefect server is taken",
            where=f"{HOST}:{port}",
            todo="set PREFECT_API_URL to use the server there, or PREFECT_SERVER_API_PORT for another port",
        )
    # a session of its own: Ctrl-C is for the runner, which still needs the server to say that it stops
    server = subprocess.Popen(  # noqa: S603  the interpreter itself
        [sys.executable, "-m", "prefect", "server", "start", "--host", HOST, "--port", str(port)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(server, port)
        with temporary_settings(updates={PREFECT_API_URL: f"http://{HOST}:{port}/api"}):
            yield f"http://{HOST}:{port}/api"
    finally:
        server.terminate()
        server.wait()


def _answers(port: int) -> bool:
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        return probe.connect_ex((HOST, port)) == 0


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    limit = PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS.value()
    end = time.monotonic() + limit
    while time.monotonic() < end and server.poll() is None:
        if _healthy(port):
            return
        time.sleep(0.2)
    raise TextmineError(
        "the Prefect server did not start",
        where=f"{HOST}:{port}",
        got="no answer" if server.returncode is None else f"exit code {server.returncode}",
        todo=f"run `prefect server start`, or give it more than {limit} s (PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS)",
    )


def _healthy(port: int) -> bool:
    try:
        return httpx.get(f"http://{HOST}:{port}/api/health", timeout=5, trust_env=False).is_success
    except httpx.HTTPError:
        return False
