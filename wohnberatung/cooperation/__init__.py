"""Services of a neighbourhood: who offers what under which law, where somebody is missing, and joint cases."""
