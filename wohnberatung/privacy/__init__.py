"""Field encryption, consent, audit, retention and erasure."""
