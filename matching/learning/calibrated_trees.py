"""Trees that take missing values as they are and give calibrated probabilities.

That a fact is missing often says who wrote the advert, not how the home is: flags are told where there is
something to show. Two remedies keep the trees from believing it. Rows of tellers who tell one side only are not
learned from; and the rest is learned from copies in which more is hidden at random, so that a gap says little.
"""

from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from matching.arrays import Floats, Mask

FOLDS = 4
COPIES = 2
STRAIGHT = 1e3
LEAST_KNOWN_SHARE = 0.2
"""A column known more seldom than that is left out."""

ONE_SIDED = 0.98
LEAST_TELLERS = 30
MOST_TELLERS = 6
"""Tellers are recognised by what is missing, at most so many kinds of them with at least so many rows each."""


TREES: dict[str, Any] = {
    "max_iter": 40,
    "learning_rate": 0.12,
    "max_leaf_nodes": 8,
    "min_samples_leaf": 20 * COPIES,
    "l2_regularization": 1.0,
    "early_stopping": False,
    "random_state": 0,
}
LEAST_PROBABILITY = 1e-4
Outcomes = Mask


class CalibratedTrees:
    """Learned from `features`, shape (rows, columns) with NaN for unknown, and `outcome`, shape (rows,).

    `unseen`, shape (rows,), are the probabilities of the same rows as learned without each row's own part.
    """

    def __init__(self, features: Floats, outcome: Outcomes, categories: Outcomes) -> None:
        from sklearn.linear_model import LogisticRegression  # costs 1.6 s, so only where something is learned
        from sklearn.model_selection import StratifiedKFold

        self._columns = np.flatnonzero((~np.isnan(features)).mean(axis=0) >= LEAST_KNOWN_SHARE)
        self._known = [column[~np.isnan(column)] for column in features[:, self._columns].T]
        self._categories = categories[self._columns]
        folds = list(StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(outcome, outcome))
        logits = np.zeros((len(outcome), 1))
        self.unseen: Floats = np.zeros(len(outcome))
        with threadpool_limits(1):  # threads that wait for each other cost more than they bring
            for learned, left in folds:
                logits[left, 0] = self._logits(self._fitted(features[learned], outcome[learned]), features[left])
            self._trees = self._fitted(features, outcome)
        for learned, left in folds:
            straight = LogisticRegression(C=STRAIGHT).fit(logits[learned], outcome[learned])
            self.unseen[left] = straight.predict_proba(logits[left])[:, 1]
        self._straight = LogisticRegression(C=STRAIGHT).fit(logits, outcome)

    def probabilities(self, features: Floats) -> Floats:
        """Shape (rows,)."""
        with threadpool_limits(1):
            logits = self._logits(self._trees, features)
        result: Floats = self._straight.predict_proba(logits[:, None])[:, 1]
        return result

    def _fitted(self, features: Floats, outcome: Outcomes) -> Any:
        from sklearn.ensemble import HistGradientBoostingClassifier

        rows = np.concatenate([self._masked(features, seed) for seed in range(COPIES)])
        trees = HistGradientBoostingClassifier(categorical_features=self._categories, **TREES)
        return trees.fit(rows, np.tile(outcome, COPIES))

    def _logits(self, trees: Any, features: Floats) -> Floats:
        return log_odds(trees.predict_proba(features[:, self._columns])[:, 1])

    def _masked(self, features: Floats, seed: int) -> Floats:
        generator = np.random.default_rng(seed)
        rows = features[:, self._columns]
        rate = generator.random((len(rows), 1))
        rows[generator.random(rows.shape) < rate] = np.nan
        return rows


def told_both_ways(features: Floats, outcome: Outcomes) -> Outcomes:
    """Shape (rows,): the row's kind of teller tells of both outcomes."""
    from sklearn.tree import DecisionTreeClassifier

    tree = DecisionTreeClassifier(max_leaf_nodes=MOST_TELLERS, min_samples_leaf=LEAST_TELLERS, random_state=0)
    kind = tree.fit(np.isnan(features), outcome).apply(np.isnan(features))
    rate = np.bincount(kind, weights=outcome) / np.maximum(np.bincount(kind), 1)
    result: Outcomes = (rate[kind] < ONE_SIDED) & (rate[kind] > 1.0 - ONE_SIDED)
    return result


def log_odds(probability: Floats) -> Floats:
    """Of probabilities kept off 0 and 1."""
    bounded = np.clip(probability, LEAST_PROBABILITY, 1.0 - LEAST_PROBABILITY)
    result: Floats = np.log(bounded / (1.0 - bounded))
    return result
