"""The way to a Dask cluster, if there is one: an optional extra of the installation."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import joblib

PATIENCE_SECONDS = 15


class ClusterError(RuntimeError):
    """The packages that speak to a cluster are missing, or nobody answers at its address."""


@contextmanager
def on_cluster(address: str, supply: Any) -> Iterator[None]:
    """Inside, joblib hands its tasks to the scheduler at `address` (tcp://host:port); `supply` goes there once.

    The workers need this package in the same version.
    """
    try:
        distributed = import_module("distributed")
    except ModuleNotFoundError as error:
        raise ClusterError(
            'Für einen Cluster fehlt das Paket „distributed“. Es kommt mit: pip install "wohnberatung[cluster]".'
        ) from error
    try:
        client = distributed.Client(address, timeout=PATIENCE_SECONDS)
    except (OSError, ValueError) as error:
        raise ClusterError(f"Der Cluster unter {address} antwortet nicht ({error}).") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE_SECONDS)
        except TimeoutError as error:
            raise ClusterError(f"Im Cluster unter {address} arbeitet niemand; starten Sie „dask worker“.") from error
        with joblib.parallel_config(backend="dask", scatter=[supply]):
            yield
