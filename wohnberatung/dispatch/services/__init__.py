"""Use cases of dispatch: weekly digests, returned mails read and shown where something can be done."""
