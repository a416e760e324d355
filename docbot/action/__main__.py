"""`python -I -m docbot.action`: the step of `action.yml` that does its work."""

from __future__ import annotations

import os
import sys

from docbot.action.step import run

if __name__ == "__main__":
    sys.exit(run(os.environ))
