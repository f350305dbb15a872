"""Clock, medians and growth."""

import gc
import math
import os
import platform
import time
from collections.abc import Callable
from datetime import date, datetime
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo


def milliseconds(call: Callable[[], Any]) -> tuple[float, Any]:
    """How long one call took, and what it answered."""
    start = time.perf_counter()
    answer = call()
    return 1000 * (time.perf_counter() - start), answer


def each(calls: list[Callable[[], Any]], budget: float, least: int = 3) -> list[tuple[float, Any]]:
    """Every call once, in order; after `least` calls no new one begins once `budget` seconds are spent."""
    gc.collect()
    gc.disable()
    timed: list[tuple[float, Any]] = []
    end = time.perf_counter() + budget
    try:
        for call in calls:
            if len(timed) >= least and time.perf_counter() > end:
                break
            timed.append(milliseconds(call))
    finally:
        gc.enable()
    return timed


def middle(timed: list[tuple[float, Any]]) -> float:
    return median(spent for spent, _ in timed)


def growth(times: dict[int, float], small: int, large: int) -> float | None:
    """Exponent e of time ~ size ** e between two sizes; None where one was not measured."""
    if small not in times or large not in times:
        return None
    return math.log(times[large] / times[small]) / math.log(large / small)


def machine() -> str:
    """Processor, cores and versions, for the head of the results."""
    import numpy
    import scipy

    model = platform.processor() or platform.machine()
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), model)
    python = f"Python {platform.python_version()}, numpy {numpy.__version__}, scipy {scipy.__version__}"
    return f"{model}, {os.cpu_count()} cores; {platform.system()} {platform.machine()}; {python}"


def today() -> date:
    return datetime.now(ZoneInfo("Europe/Berlin")).date()
