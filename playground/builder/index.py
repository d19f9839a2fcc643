"""The list of all pages and their cells, by which the tests and the next build know the site."""

from __future__ import annotations

import json

from playground.builder.outputs import transcript
from playground.builder.site import Site

INDEX = "site.json"


def site_index(site: Site) -> bytes:
    """Return the list as JSON, with the text that each cell put out."""
    pages = [
        {
            "kind": source.kind,
            "name": source.name,
            "address": source.address,
            "title": source.title,
            "cells": [
                {
                    "id": cell.id,
                    "title": cell.title,
                    "needs": cell.needs,
                    "timed": cell.timed,
                    "tolerance": cell.tolerance,
                    "exercise": cell.exercise,
                    "text": transcript(site.events[source.address][cell.id]),
                }
                for cell in source.cells
            ],
        }
        for source in site.sources
    ]
    return (
        json.dumps({"version": site.assets.runtime.version, "pages": pages}, indent=1) + "\n"
    ).encode()
