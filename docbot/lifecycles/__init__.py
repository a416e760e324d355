"""When each version of the products that docs speak of came out, and when its support ends."""

from __future__ import annotations

from docbot.lifecycles.names import NAMES, Naming
from docbot.lifecycles.values import Ended, Lifecycles, Product, Release

__all__ = ["NAMES", "Ended", "Lifecycles", "Naming", "Product", "Release"]
