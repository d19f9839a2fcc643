"""Serves the built site on this machine, as a static host would."""

from __future__ import annotations

import errno
import threading
from pathlib import Path

from playground.console import say
from playground.errors import PlaygroundError
from playground.project import Project
from playground.serve.builds import Builds
from playground.serve.handler import SiteServer
from playground.serve.reload import ReloadingServer

__all__ = ["serve"]

_MARKER = "site.json"


def serve(folder: Path, *, port: int, rebuild: Project | None) -> None:
    """Serve `folder` until interrupted.

    Args:
        folder: a site that `playground build` wrote.
        port: on localhost; 0 takes any that is free.
        rebuild: where given, the checkout to watch; the site is built again when a source changes.

    Raises:
        PlaygroundError: There is no site in `folder`, or the port is taken.
    """
    if rebuild is None:
        with _listen(folder, port) as server:
            _say_address(server)
            server.serve_forever()
        return
    from playground.serve.watch import build_on_change, build_once, observe

    changes = observe(rebuild)
    build_once(rebuild, folder)
    builds = Builds()
    with _listen(folder, port, builds) as server:
        _say_address(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        build_on_change(rebuild, folder, changes, builds)


def _say_address(server: SiteServer) -> None:
    say(f"Serving {server.folder} at http://localhost:{server.server_port}/")
    say("Ctrl+C stops it.")


def _listen(folder: Path, port: int, builds: Builds | None = None) -> SiteServer:
    if not (folder / _MARKER).exists():
        raise PlaygroundError(f"there is no built site in {folder}. Run `make build` first")
    try:
        return SiteServer(folder, port) if builds is None else ReloadingServer(folder, port, builds)
    except OverflowError:
        raise PlaygroundError(f"{port} is not a port; ports go from 0 to 65535") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            hint = f"Try another: `playground serve --port {port + 1}`, or `make serve PORT={port + 1}`"
            raise PlaygroundError(f"port {port} is in use. {hint}") from None
        raise PlaygroundError(f"cannot listen on port {port}: {error.strerror}") from None
