"""Invented but lifelike Dresden: the data of the demo and of the tests, and the program that makes them."""
