"""Tests reach this machine only. Whatever tries to go further fails at once."""

import ipaddress
import socket
from typing import Any


class NetworkForbidden(RuntimeError):
    """Not an OSError: code that copes with a broken network must not hide that it tried."""


def is_here(host: object) -> bool:
    """Whether a host as `socket` takes it (name, address, None for any) means this machine."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if name in (None, "", "localhost", socket.gethostname()):
        return True
    try:
        address = ipaddress.ip_address(str(name))
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def forbid_network() -> None:
    """Guard this process for good. Unix sockets stay open, and libpq, which opens its connections itself."""
    for name in ("connect", "connect_ex", "sendto"):
        setattr(socket.socket, name, _guarded_method(getattr(socket.socket, name)))
    socket.getaddrinfo = _guarded_lookup(socket.getaddrinfo)


def _guarded_method(original: Any) -> Any:
    def guarded(self: socket.socket, *arguments: Any) -> Any:
        # sendto(data, address) and sendto(data, flags, address): the address always comes last.
        address = arguments[-1]
        if self.family != getattr(socket, "AF_UNIX", None) and not is_here(address[0]):
            raise NetworkForbidden(f"a test tried to reach {address}")
        return original(self, *arguments)

    return guarded


def _guarded_lookup(original: Any) -> Any:
    def guarded(host: Any, *arguments: Any, **options: Any) -> Any:
        if not is_here(host):
            raise NetworkForbidden(f"a test tried to look up {host}")
        return original(host, *arguments, **options)

    return guarded
