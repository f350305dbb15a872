"""Every request against the whole supply: the same lists as one by one, in blocks on all cores or on a cluster.

A request's list depends on nothing but the request, the supply and the seed, so that any number of processes
and any order of blocks give identical results. The supply is put into shared memory (or sent to the cluster)
once. Beside it a process needs at most 20 bytes per offer for the sums of one request, and 8 bytes times `CELLS`
(16 MB) for the requests that are judged together; the lists themselves are small.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import joblib

from matching.frame import Frame
from matching.ranking import NO_ROWS, Ranking, TopKSearch, rank
from matching.requests import Request
from matching.score_tables import prepare_tables
from matching.text_similarity import TextIndex
from matching.worker_processes import on_cluster, opened, shared

TOGETHER = 64
CELLS = 2_000_000
"""At most so many requests, and so many levels times requests, are judged in one broadcast."""

BLOCK_SECONDS = 0.5
WORTH_SECONDS = 2.0
"""A block should take so long, and below that much work in all no process is worth its start."""

REQUEST_SECONDS, ROW_SECONDS = 5e-4, 5e-9
REASONS_SECONDS = 5e-3
"""What one request costs, roughly: in itself, per offer, and for the reasons of its list."""

Progress = Callable[[int, int], None]
"""Called with the number of requests done and of all."""

Answer = TypeVar("Answer")
Work = Callable[[Request, Frame, TextIndex], Answer]
BlockWork = Callable[[Path | tuple[Frame, TextIndex], Sequence[Request]], list[Answer]]


@dataclass(frozen=True)
class Shortlist:
    """The best offers of one request with their scores, in order and without reasons."""

    request: str
    considered: int
    offers: tuple[str, ...]
    scores: tuple[float, ...]


def rank_all(
    requests: Sequence[Request],
    frame: Frame,
    top: int | None = 20,
    seed: int = 0,
    include_misses: bool = False,
    n_jobs: int = -1,
    cluster: str | None = None,
    progress: Progress | None = None,
) -> list[Ranking]:
    """`rank` of every request, in their order; `n_jobs` processes (-1: all cores) or the Dask cluster at `cluster`;
    `ClusterError` where that does not answer."""
    work = partial(_ranked, top=top, seed=seed, include_misses=include_misses)
    seconds = REQUEST_SECONDS + ROW_SECONDS * len(frame) + REASONS_SECONDS
    return in_blocks(work, seconds, requests, frame, n_jobs, cluster, progress)


def shortlist_all(
    requests: Sequence[Request],
    frame: Frame,
    top: int = 20,
    seed: int = 0,
    n_jobs: int = -1,
    cluster: str | None = None,
    progress: Progress | None = None,
) -> list[Shortlist]:
    """The same lists as `rank_all` as ids and scores alone, for whole cities; `ClusterError` as there."""
    work = partial(_listed, top=top, seed=seed)
    seconds = REQUEST_SECONDS + ROW_SECONDS * len(frame)
    return in_blocks(work, seconds, requests, frame, n_jobs, cluster, progress)


def _ranked(
    request: Request, frame: Frame, texts: TextIndex, top: int | None, seed: int, include_misses: bool
) -> Ranking:
    return rank(request, frame, top, seed, include_misses, texts=texts)


def _listed(request: Request, frame: Frame, texts: TextIndex, top: int, seed: int) -> Shortlist:
    rows, scores = TopKSearch(request, frame, texts).best(top, seed)
    return Shortlist(request.id, len(frame), tuple(frame.ids[row] for row in rows.tolist()), tuple(scores.tolist()))


def in_blocks(
    work: Work[Answer],
    seconds: float,
    requests: Sequence[Request],
    frame: Frame,
    n_jobs: int,
    cluster: str | None,
    progress: Progress | None,
    tables: bool = True,
) -> list[Answer]:
    """`work` of every request, in their order, whoever does it; one takes about so many `seconds`. `tables`: it looks
    requirements up in score tables, which are made for many requests at once. `ClusterError` as in `rank_all`."""
    texts = TextIndex(frame.texts)
    _make_ready(requests, frame, texts)
    jobs = joblib.effective_n_jobs(n_jobs)
    if cluster is None and (jobs == 1 or seconds * len(requests) < WORTH_SECONDS):
        jobs = 1
    size = max(1, min(int(BLOCK_SECONDS / seconds), -(-len(requests) // (4 * jobs))))
    blocks = [requests[start : start + size] for start in range(0, len(requests), size)]
    answers: list[Answer] = []
    with _crew(partial(_block, work, tables), (frame, texts), jobs, cluster) as answered:
        for block in answered(blocks):
            answers += block
            if progress is not None:
                progress(len(answers), len(requests))
    return answers


def _make_ready(requests: Sequence[Request], frame: Frame, texts: TextIndex) -> None:
    """Work out once what every process would work out again: the levels, and the weights of texts."""
    compares = frame.market.text_criterion
    keys = {requirement.key for request in requests for requirement in request.requirements}
    for key in keys - {compares.key if compares else None}:
        frame.level_column(frame.market.criterion(key))
    if frame.has_texts and (any(request.text for request in requests) or (compares and compares.key in keys)):
        texts.likeness(frame.texts[0] or ".", NO_ROWS)


@contextmanager
def _crew(
    work: BlockWork[Answer], supply: tuple[Frame, TextIndex], jobs: int, cluster: str | None
) -> Iterator[Callable[[Sequence[Sequence[Request]]], Iterable[list[Answer]]]]:
    """Who answers blocks, in their order, as they come in: this process, several, or a cluster."""
    if cluster is not None:
        with on_cluster(cluster, supply):
            parallel = joblib.Parallel(n_jobs=-1, return_as="generator", batch_size=1)
            yield lambda blocks: parallel(joblib.delayed(work)(supply, block) for block in blocks)
    elif jobs == 1:
        yield partial(map, partial(work, supply))
    else:
        with shared(supply) as path:
            parallel = joblib.Parallel(n_jobs=jobs, return_as="generator", batch_size=1)
            yield lambda blocks: parallel(joblib.delayed(work)(path, block) for block in blocks)


def _block(
    work: Work[Answer], tables: bool, supply: Path | tuple[Frame, TextIndex], requests: Sequence[Request]
) -> list[Answer]:
    frame, texts = opened(supply) if isinstance(supply, Path) else supply
    answers: list[Answer] = []
    for some in _together(requests, frame):
        if tables:
            prepare_tables(some, frame)
        answers += [work(request, frame, texts) for request in some]
    return answers


def _together(requests: Sequence[Request], frame: Frame) -> Iterator[Sequence[Request]]:
    """Requests that are judged together: fewer where columns have many levels."""
    keys = {requirement.key for request in requests for requirement in request.requirements}
    criteria = [item for item in map(frame.market.criterion, keys) if item is not frame.market.text_criterion]
    levels = sum(len(frame.level_column(item).levels().value) for item in criteria)
    size = max(1, min(TOGETHER, CELLS // max(levels, 1)))
    return (requests[start : start + size] for start in range(0, len(requests), size))
