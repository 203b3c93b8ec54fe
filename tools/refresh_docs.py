"""Run the commands shown in the README and the tutorial and put in what they print.

    python tools/refresh_docs.py

A fenced block that begins with a line "$ ..." is such a command. The blocks of a page run in order, in a folder of
their own that holds `samples/`. A block of the README without its own prompt follows a comment `<!-- run: ... -->`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
WIDTH = "100"
_BLOCK = re.compile(
    r"^```console\n\$ (?P<command>.+)\n(?:.*\n)*?```$|^<!-- run: (?P<quiet>.+) -->\n```\n(?:.*\n)*?```$", re.MULTILINE
)


def printed(command: str, folder: Path) -> str:
    """What `command` prints in `folder`, standard error included."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    env = {**os.environ, "COLUMNS": WIDTH, "NO_COLOR": "1", "PATH": path}
    env.pop("COUNTERCLAIM_DB", None)
    done = subprocess.run(command, shell=True, cwd=folder, env=env, text=True, capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"{command}: exit code {done.returncode}\n{done.stderr}")
    lines = (done.stdout + done.stderr).rstrip().splitlines()
    return "\n".join(line.rstrip()[:150] for line in lines)


def refresh(page: Path) -> None:
    """Run the page's commands and write what they print."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "samples").symlink_to(ROOT / "samples")

        def filled(match: re.Match[str]) -> str:
            command = match["command"] or match["quiet"]
            output = printed(command, Path(folder))
            if match["command"]:
                return f"```console\n$ {command}\n{output}\n```"
            return f"<!-- run: {command} -->\n```\n{output}\n```"

        page.write_text(_BLOCK.sub(filled, page.read_text("utf-8")), encoding="utf-8")


if __name__ == "__main__":
    for name in ("README.md", "docs/tutorial.md"):
        refresh(ROOT / name)
