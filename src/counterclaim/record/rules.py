"""The numbers by which reports become stories and events of different reports become one (`lexicon/joins.toml`)."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any


@functools.cache
def rules() -> Mapping[str, Any]:
    """The tables of `lexicon/joins.toml`."""
    return tomllib.loads(resources.files("counterclaim.lexicon").joinpath("joins.toml").read_text(encoding="utf-8"))
