"""Letters in plain language from templates that administrators write: tagged PDF, kept sealed with the case."""
