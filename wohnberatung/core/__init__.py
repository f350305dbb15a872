"""What every area stands on: database, transactions, time, ids, errors. Knows no area."""
