"""The matching engine: facts, criteria, grades, rankings and their explanations.

Pure: it knows no web, no database and nothing of the application around it.
"""
