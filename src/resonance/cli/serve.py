"""`resonance serve`: the one process."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import socket
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from resonance.model.caller import OPERATOR

if TYPE_CHECKING:
    from resonance.settings import Settings
    from resonance.wiring import Wiring


def serve(
    demo_if_empty: Annotated[
        bool, typer.Option("--demo-if-empty", help="Make the demo library when there is no library yet.")
    ] = False,
) -> None:
    """Start the server, the web player and the background work."""
    from resonance import settings as configuration
    from resonance.core import logs
    from resonance.wiring import Wiring
    from resonance.worker.run import Worker

    settings = configuration.load()
    logs.configure(settings.log_format, settings.log_level)
    _must_be_free(settings)
    wiring = Wiring(settings)
    _prepare_libraries(wiring, demo_if_empty=demo_if_empty)
    worker = Worker(wiring, settings)
    # uvicorn shuts down and then raises the signal again; by default that would end us before `finally`.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
    worker.start()
    try:
        _run(wiring)
    finally:
        worker.stop()
        wiring.close()


def _must_be_free(settings: Settings) -> None:
    """Say that the port is taken before anything else is built."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as fault:
            print(
                f"resonance: cannot listen on {settings.host}:{settings.port}: {fault.strerror}",
                file=sys.stderr,
            )
            raise typer.Exit(2) from None


def _prepare_libraries(wiring: Wiring, *, demo_if_empty: bool) -> None:
    """MUSIC_LIBRARY_PATH is always a library; without any, the demo is one if asked for."""
    with wiring.db.write() as uow:
        wiring.libraries.ensure(uow, wiring.settings.music_library_path)
        empty = not wiring.libraries.all(uow, OPERATOR)
    if demo_if_empty and empty:
        from resonance.cli.demo import make

        folder = wiring.settings.data_dir / "demo"
        print(
            "\n  No music folder was given, so a small demo library is made. It takes half a minute.",
            flush=True,
        )
        make(folder, wiring.settings.ffmpeg_path)
        with wiring.db.write() as uow:
            wiring.libraries.add(uow, OPERATOR, "Demo", str(folder))


def _greet(wiring: Wiring) -> None:
    """One URL to open, with the setup code where one is needed."""
    settings = wiring.settings
    shown = "localhost" if settings.host in ("0.0.0.0", "::", "127.0.0.1", "::1") else settings.host
    address = f"http://{shown}:{settings.port}{settings.base_path}/"
    code = wiring.accounts.setup.code()
    if code is None:
        print(f"\n  Resonance is at {address}\n", flush=True)
        return
    print(f"\n  Open {address} to set up Resonance.", flush=True)
    if settings.host in ("127.0.0.1", "::1", "localhost"):
        print(flush=True)
        return
    reachable = _lan_address() if settings.host in ("0.0.0.0", "::") else None
    if reachable:
        elsewhere = f"http://{reachable}:{settings.port}{settings.base_path}/"
        print(f"  From another device: {elsewhere}setup?code={code}", flush=True)
    print(f"  Setup code, needed from other devices only: {code}\n", flush=True)


def _lan_address() -> str | None:
    """The address other devices reach us under: the one the system would send from. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address = str(probe.getsockname()[0])
        return None if address.startswith("127.") else address


def _run(wiring: Wiring) -> None:
    import uvicorn

    from resonance.api.app import create_app

    settings = wiring.settings
    config = uvicorn.Config(
        create_app(wiring, settings),
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http="httptools",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=True,
        proxy_headers=False,  # ours believe only TRUSTED_PROXIES
        timeout_graceful_shutdown=5,
    )

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            """Say the address once it answers."""
            await super().startup(sockets)
            if self.started:
                await asyncio.to_thread(_greet, wiring)

    # Its notes on starting and stopping would bury the address.
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    config.load()
    # What is imported stays for good: the collector need not walk through it again while requests wait.
    gc.collect()
    gc.freeze()
    Server(config).run()
