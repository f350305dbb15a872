"""The invented office of the demo: what `seed_data` tells, brought in as people and programs would bring it in."""
