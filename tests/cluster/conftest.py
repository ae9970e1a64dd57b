"""The running cluster, once for all tests of this folder."""

import signal
from collections.abc import Iterator

import pytest

from deploy.cluster import Cluster
from tests.cluster.servers import running_cluster


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Give the running cluster, with gates in its database."""
    # Stopped from outside, pytest must still come to the end of the block below.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with running_cluster() as running:
        yield running
