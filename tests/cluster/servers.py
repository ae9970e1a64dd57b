"""A cluster of the tests: on ports and with data of its own, and with gates in its database."""

import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.cluster import Cluster
from deploy.programs import HOST, Layout
from tests.cluster import gates
from tests.conversations.servers import free_port

PORTS = 11


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Run a cluster until the block ends; nothing of it is left then."""
    # Not in pytest's folders: those are closed to the account that PostgreSQL may have.
    with tempfile.TemporaryDirectory(prefix="ebw-cluster-") as folder:
        Path(folder).chmod(0o755)
        cluster = Cluster(new_layout(Path(folder) / "cluster"))
        try:
            cluster.start_all()
            gates.install(cluster.layout.database_url)
            yield cluster
        finally:
            cluster.stop_all()


def new_layout(folder: Path, rasa_servers: int = 2) -> Layout:
    """Return a layout on ports that nothing listens on."""
    while True:
        first = free_port()
        if all(_is_free(port) for port in range(first, first + PORTS)):
            return Layout(folder, first, rasa_servers)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) != 0
