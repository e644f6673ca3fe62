"""Serving the application on the loopback interface: free port, ready file, end with the parent process."""

import json
import logging
import os
import socket
import sys
import threading
from pathlib import Path
from typing import Final

import uvicorn
from starlette.applications import Starlette

LOOPBACK: Final = "127.0.0.1"
_DRAIN_LIMIT_S: Final = 15


class _Server(uvicorn.Server):
    """A uvicorn server that says in a file when it accepts connections."""

    def __init__(self, config: uvicorn.Config, ready_file: Path | None, url: str) -> None:
        super().__init__(config)
        self._ready_file = ready_file
        self._url = url

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and self._ready_file is not None:
            _write_ready_file(self._ready_file, self._url)


def serve(app: Starlette, *, port: int, ready_file: Path | None, exit_with_parent: bool) -> None:
    """Serve until a signal comes, or until standard input ends; requests in flight are answered first.

    Args:
        app: The application.
        port: Port on 127.0.0.1; 0 takes a free one.
        ready_file: Where ``{"url": ..., "pid": ...}`` is written once connections are accepted.
        exit_with_parent: End when standard input reaches its end.

    Raises:
        OSError: The port is taken, or the ready file cannot be written.
    """
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    with socket.create_server((LOOPBACK, port)) as listener:
        url = f"http://{LOOPBACK}:{listener.getsockname()[1]}"
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=_DRAIN_LIMIT_S,
        )
        server = _Server(config, ready_file, url)
        if exit_with_parent:
            threading.Thread(target=_stop_at_end_of_input, args=(server,), daemon=True).start()
        server.run(sockets=[listener])


def _stop_at_end_of_input(server: uvicorn.Server) -> None:
    # os.read, not sys.stdin.read: a daemon thread that holds the lock of a buffered file at exit aborts the interpreter.
    while os.read(sys.stdin.fileno(), 4096):
        pass
    server.should_exit = True


def _write_ready_file(path: Path, url: str) -> None:
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    partial.write_text(json.dumps({"url": url, "pid": os.getpid()}), encoding="utf-8")
    partial.replace(path)
