"""What a run measures and for how long."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Plan:
    """`requests` distinct requests at most, `budget` seconds per contestant and table cell."""

    sizes: tuple[int, ...]
    peers: tuple[str, ...]
    requests: int = 41
    budget: float = 6.0
    quick: bool = False
    say: Callable[[str], None] = field(default=print)
