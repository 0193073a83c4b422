"""What this machine's loopback can carry at all: one file by the kernel's sendfile, with nothing in between.

`python -m bench.floor FILE` serves it to one connection after the other and prints its port.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.subsonic_client import App


@contextmanager
def running(file: Path) -> Iterator[App]:
    """A client of the floor; its every request is answered with the file."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.floor", str(file)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        app = App(f"http://127.0.0.1:{int(process.stdout.readline())}", "", "")
        yield app
        app.close()
    finally:
        process.terminate()
        process.wait()


def serve(file: Path) -> None:
    """Answer whatever is asked with the file, for ever."""
    with socket.create_server(("127.0.0.1", 0)) as server, file.open("rb") as source:
        print(server.getsockname()[1], flush=True)
        size = os.fstat(source.fileno()).st_size
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {size}\r\n\r\n".encode()
        while True:
            connection, _ = server.accept()
            with connection:
                while connection.recv(65536):
                    connection.sendall(head)
                    connection.sendfile(source, 0)


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
