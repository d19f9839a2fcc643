"""How pages refer to each other, to files beside them, and to themselves from elsewhere."""

from __future__ import annotations

import posixpath
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from playground.builder.notebook import file_name
from playground.builder.options import BuildOptions
from playground.builder.sources import Source


def root_of(address: str) -> str:
    """Return the relative way from the page at `address` to the site's root."""
    return "../" * address.count("/") or "./"


def canonical_of(address: str, site_url: str | None) -> str | None:
    """Return the page's full address, where the site's is known."""
    return None if site_url is None else urljoin(_with_slash(site_url), address)


def not_found_root(site_url: str | None) -> str:
    """Return the way from the 404 page to the site's root.

    Hosts show that page under any address, however deep, so no relative way is right everywhere: it is
    the path of the site's address, and the host's root where that address is not known.
    """
    return "/" if site_url is None else urlsplit(_with_slash(site_url)).path


def _with_slash(url: str) -> str:
    return url if url.endswith("/") else url + "/"


def address_of(source: Source, written: str, sources: list[Source]) -> str | None:
    """Return the address of the page for a link that `source` writes as a path to another source file."""
    target = Path(posixpath.normpath(posixpath.join(source.path.parent.as_posix(), written)))
    return next((other.address for other in sources if other.path == target), None)


def file_of(source: Source) -> str | None:
    """Return the name of what a page offers for download, beside it; None where nothing runs."""
    if source.kind == "example":
        return source.path.name
    return file_name(source) if source.cells else None


def colab_of(source: Source, options: BuildOptions) -> str | None:
    """Return where a notebook opens in Colab, which reads branches of repositories on GitHub."""
    parts = urlsplit(options.repository or "")
    file = file_of(source)
    if (
        source.kind != "lesson"
        or parts.netloc != "github.com"
        or options.notebook_branch is None
        or file is None
    ):
        return None
    repository = parts.path.strip("/").removesuffix(".git")
    return (
        f"https://colab.research.google.com/github/{repository}/blob/{options.notebook_branch}/"
        f"{source.address}{file}"
    )
