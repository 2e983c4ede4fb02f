"""Runs a server, and ends it when its owner is gone, however that came about. A script by itself:

    python keeper.py FILE COMMAND …

The server lives as long as the file has the contents that it has now; without a file (""), as long
as nobody closes our standard input, which the kernel does if the owner is killed.
"""

import os
import signal
import subprocess
import sys
import threading
import time


def main() -> None:
    """Run the command, and exit as it does."""
    file, *command = sys.argv[1:]
    contents = _read(file)
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)

    def end(_number: int, _frame: object) -> None:
        process.kill()

    signal.signal(signal.SIGTERM, end)

    def watch() -> None:
        if file:
            while _read(file) == contents:
                time.sleep(0.3)
        else:
            while os.read(0, 1024):
                pass
        process.kill()

    threading.Thread(target=watch, daemon=True).start()
    status = process.wait()
    os._exit(status if 0 <= status < 128 else 1)  # the thread may still be reading


def _read(file: str) -> bytes:
    try:
        with open(file, "rb") as stream:
            return stream.read()
    except OSError:
        return b""


if __name__ == "__main__":
    main()
