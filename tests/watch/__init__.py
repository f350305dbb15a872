"""Tests of what watches over the office."""
