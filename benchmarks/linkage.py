"""What one would take instead for finding doubles: recordlinkage and splink, set up as their manuals do."""

import logging
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from matching.duplicates.fields import Field, FieldKind
from matching.duplicates.pairs import likely_duplicates

Pairs = set[frozenset[str]]
STRINGS = (FieldKind.TEXT, FieldKind.NAME, FieldKind.STREET)
CODES = (FieldKind.DAY, FieldKind.CODE, FieldKind.PHONE, FieldKind.HOUSE_NUMBER)
LIKELY = 0.5


@dataclass(frozen=True)
class Records:
    """Rows by id, the fields to compare, the pairs that are one; `blocks` are what peers look for equal values in."""

    rows: dict[str, Mapping[str, Any]]
    fields: tuple[Field, ...]
    same: frozenset[frozenset[str]]
    blocks: tuple[tuple[str, ...], ...]

    def frame(self) -> Any:
        """As a pandas table, blanks as None, with the ids in the column `id`."""
        import pandas

        table = pandas.DataFrame.from_dict(self.rows, orient="index")[[field.name for field in self.fields]]
        return table.astype(object).where(table.notna() & (table != ""), None).rename_axis("id").reset_index()


def engine(records: Records) -> Pairs:
    pairs = likely_duplicates(list(records.rows), list(records.rows.values()), records.fields, LIKELY)
    return {frozenset((pair.a, pair.b)) for pair in pairs}


def recordlinkage(records: Records) -> Pairs:
    """Blocking on equal values, thresholds on strings, classes by expectation maximisation."""
    import recordlinkage

    table = records.frame().set_index("id")
    index, compare = recordlinkage.Index(), recordlinkage.Compare()
    for block in records.blocks:
        index.block(list(block))
    for field in records.fields:
        if field.kind in STRINGS:
            compare.string(field.name, field.name, method="jarowinkler", threshold=0.85, label=field.name)
        else:
            compare.exact(field.name, field.name, label=field.name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        agreeing = compare.compute(index.index(table), table)
        return {frozenset(pair) for pair in recordlinkage.ECMClassifier().fit_predict(agreeing)}


def splink(records: Records) -> Pairs:
    """Fellegi and Sunter with levels of similarity on DuckDB."""
    import duckdb
    import splink.comparison_library as levels
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    of_string = {field.name: levels.JaroWinklerAtThresholds(field.name, [0.9, 0.8]) for field in records.fields}
    of_code = {
        field.name: levels.DamerauLevenshteinAtThresholds(field.name, [1])
        for field in records.fields
        if field.kind in CODES
    }
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        blocking_rules_to_generate_predictions=[block_on(*block) for block in records.blocks],
        comparisons=list((of_string | of_code).values()),
    )
    database = duckdb.connect()
    database.execute("SET enable_progress_bar = false")
    linker = Linker(DuckDBAPI(database).register(records.frame()), settings, log_level=logging.CRITICAL)
    linker.training.estimate_probability_two_random_records_match([block_on(*records.blocks[0])], recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for block in records.blocks[:2]:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*block))
    found = linker.inference.predict(threshold_match_probability=LIKELY).as_pandas_dataframe()
    return {frozenset(pair) for pair in zip(found["id_l"], found["id_r"], strict=True)}


CONTESTANTS: dict[str, Callable[[Records], Pairs]] = {
    "engine": engine,
    "recordlinkage": recordlinkage,
    "splink": splink,
}
