"""What the tests stand on: databases, a browser, no network, nothing skipped unseen."""
