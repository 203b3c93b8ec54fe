"""The words of control that are no triggers: plain lists of `lexicon/control.toml`."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@functools.cache
def table(name: str) -> Mapping[str, str]:
    """One plain table of `lexicon/control.toml`."""
    text = (resources.files("counterclaim.lexicon") / "control.toml").read_text("utf-8")
    found: dict[str, str] = tomllib.loads(text)[name]
    return found


@functools.cache
def lexicon(name: str) -> frozenset[str]:
    """A list of words of `lexicon/control.toml`."""
    return frozenset(table("words")[name].split())
