"""The docs that the issues in `tests/data/reader_issues.json` are about, with a history."""

from __future__ import annotations

import json
from pathlib import Path

from tests.helpers.git import Builder

REPOSITORY = "lantern-team/lantern-docs"
_INSTALL = """\
---
title: Install the lantern
ms.date: 01/01/2024
---
# Install the lantern

The lantern comes in a box with a handle, a wick and a bottle of oil.

## Before you start

You need a flat table and a window that opens. The table must not wobble.

> [!NOTE]
> Lanterns of the first series have no handle.

## Install with the script

Run the script as an administrator:

```powershell
Install-Lantern -Handle Left -Force
```

The script asks for a password, and it takes about ten minutes to finnish.

## Check the installation

Type `lantern --check` and look at the last line. It reads *all is well* when the
lantern is **ready for use**.

| Line | Meaning |
|---|---|
| ready | The lantern can be lit. |
| cold | Fill in [more oil](light.md#fill-the-oil) first. |

## Uninstall

Let the lantern cool down for an hour. Then put everything back in the box.
"""
_LIGHT = """\
# Light the lantern

A lantern that is lit for the first time smokes a little.

## Trim the wick

Cut the wick with sharp sissors until it is even. Don't cut it shorter than the brass ring.

## Fill the oil

Pour oil until the float touches the red mark. Use only oil that is made for lanterns.

## Light it

1. Turn the key to the left.
2. Hold a match to the wick.
3. Close the glass.

## Troubleshooting

If the flame flickers, close the window. If it goes out, trim the wick again.
"""
_COMMAND = """\
# lantern command

The command has two parameters and no mercy.

## Parameters

### -Bright

Makes the flame as bright as the wick allows. The default value is 80.

### -Dim

Makes the flame small. It cannot be used together with `-Bright`.

## Examples

```console
lantern --dim 20 --quiet
```

This example dims the flame to a fifth.

## Colors { #colours }

Glass comes in green and amber.
"""
_FUEL = """\
# Fuel

## Kinds of fuel

The {series} series burns {fuel}.

## Storage

Keep fuel in a cool place, away from children.
"""
_DOCFX = {
    "build": {
        "content": [
            {"files": ["**/*.md"], "src": "1.0", "dest": "fuel"},
            {"files": ["**/*.md"], "src": "2.0", "dest": "fuel"},
            {"files": ["**/*.md", "**/*.yml"]},
        ],
        "globalMetadata": {"breadcrumb_path": "/lanterns/breadcrumb/toc.json"},
    }
}
_PUBLISH = {
    "docsets_to_publish": [{"docset_name": "lanterns", "build_source_folder": "docs"}],
    "git_repository_url_open_to_public_contributors": f"https://github.com/{REPOSITORY}",
}
_REDIRECTIONS = {
    "redirections": [{"source_path": "docs/oil.md", "redirect_url": "/lanterns/light#fill-the-oil"}]
}
_FORM = """\
name: Report a problem of the docs
body:
  - type: textarea
    attributes:
      label: Feedback
      description: >-
        Tell us what should be changed in the article, and why it
        matters to you. Logs belong to the product's own tracker.
"""
FILES = {
    ".openpublishing.publish.config.json": json.dumps(_PUBLISH),
    ".openpublishing.redirection.json": json.dumps(_REDIRECTIONS),
    ".github/ISSUE_TEMPLATE/docs.yml": _FORM,
    "docs/docfx.json": json.dumps(_DOCFX),
    "docs/breadcrumb/toc.yml": "",
    "docs/index.md": "# Lanterns\n\nStart here. See [how to light one](light.md).\n",
    "docs/light.md": _LIGHT,
    "docs/reference/lantern.md": _COMMAND,
    "docs/1.0/kinds.md": _FUEL.format(series="first", fuel="lamp oil"),
    "docs/2.0/kinds.md": _FUEL.format(series="second", fuel="paraffin"),
    "README.md": "# Lantern docs\n\nHow to help.\n",
}


def lantern_docs(root: Path) -> Builder:
    """The repository: written on 2024-01-01, mended on the days after, as told in the commits' messages."""
    made = Builder.init(root)
    made.commit({**FILES, "docs/setup.md": _INSTALL.replace("an hour", "half an our")}, "Write the docs")
    made.rename("docs/setup.md", "docs/install.md", "Call it what it is")
    made.commit({"docs/install.md": _INSTALL}, "Let it cool longer")
    made.commit(
        {"docs/reference/lantern.md": _COMMAND.replace("is 80", "is 70")}, "Correct the default\n\nFixes #41"
    )
    made.commit({"docs/light.md": _LIGHT.replace("close the window", "close the window first")}, "Say when")
    return made
