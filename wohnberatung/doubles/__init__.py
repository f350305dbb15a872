"""The same dwelling, request or person twice: found at night, decided by people, undone if need be."""
