"""People who seek a home: drafts, requests with their versions, consents."""
