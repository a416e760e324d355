"""What every page of HTML that docbot makes has in common.

A page stands alone: no script, no network, one style sheet that its own policy names by its hash.
Every string is escaped and stripped of what could hide or steer, whatever the template does with it.
"""

from __future__ import annotations

import base64
import hashlib

from jinja2 import Environment, PackageLoader, StrictUndefined

from docbot.reporters.neutral import cut
from docbot.reporters.plain import visible
from docbot.reporters.story import counted, percent

_LONGEST = 400


def sheet(template: str, **values: object) -> str:
    """The page that `template` (a file of `templates/`) makes of `values`. Write it as UTF-8."""
    environment = _environment()
    style = environment.get_template("page.css").render()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return environment.get_template(template).render(style=style, style_hash=digest, **values)


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("docbot.reporters"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"counted": counted}
    environment.filters |= {"percent": percent, "short": _short}
    return environment


def _short(text: str) -> str:
    """The start of a text that may be of any length."""
    return cut(text, _LONGEST)


def _shown(value: object) -> object:
    """What a template puts out, on one line and without anything invisible. HTML already made stays."""
    return visible(value) if isinstance(value, str) and not hasattr(value, "__html__") else value
