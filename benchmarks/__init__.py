"""The engine beside what one would take instead: same data, same requests, same answers, one run."""
