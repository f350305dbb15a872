"""A folder for the pictures of one test."""

from pathlib import Path

import pytest
from flask import Flask


@pytest.fixture
def folder(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(app.config, "PICTURES_DIR", str(tmp_path))
    return tmp_path
