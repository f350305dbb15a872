"""Work that nobody waits for: asked for by people, or due by the clock; each job is one worker's at a time."""
