"""Runs a cluster until Ctrl-C: `make cluster`. It listens on EBW_CLUSTER_PORT and the ten after."""

import os
import signal
import subprocess
import sys
import time

from deploy.cluster import Cluster
from deploy.programs import Layout
from ebw.environment import SettingsError, read_port
from ebw.settings import settings

LOOK_SECONDS = 0.5


def main() -> int:
    """Start all servers, wait for Ctrl-C or until one ends, and stop them; return the status."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        port = read_port(dict(os.environ), "EBW_CLUSTER_PORT", 8080)
        cluster = Cluster(Layout(settings().data_dir / "cluster", port))
    except SettingsError as error:
        return _fail(str(error))
    try:
        cluster.start_all(lambda name: _say(f"{name} is klaar."))
        _say(f"Het cluster draait: {cluster.layout.public_url}/ (stoppen met Ctrl-C).")
        while not cluster.ended():
            time.sleep(LOOK_SECONDS)
        return _fail(f"Vanzelf gestopt: {', '.join(cluster.ended())}.")
    except KeyboardInterrupt:
        return 0
    except (RuntimeError, OSError, subprocess.CalledProcessError) as error:
        return _fail(str(error))
    finally:
        cluster.stop_all()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _fail(text: str) -> int:
    sys.stderr.write(f"{text}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
