"""What people take from the site: an example's file, a lesson as a notebook, and what notebooks install."""

from __future__ import annotations

from playground.builder.addresses import address_of, canonical_of, file_of
from playground.builder.notebook import notebook
from playground.builder.packages import earlier_wheel
from playground.builder.publish import Files
from playground.builder.site import Site
from playground.builder.sources import Source


def write_downloads(site: Site) -> Files:
    """Return the files that people download, by their addresses."""
    files = {
        f"{source.address}{name}": (
            source.text.encode() if source.kind == "example" else _notebook(source, site)
        )
        for source in site.sources
        if (name := file_of(source)) is not None
    }
    wheel_url = canonical_of(site.assets.wheel, site.options.site_url)
    return files if wheel_url is None else files | dict([earlier_wheel(wheel_url)])


def _notebook(source: Source, site: Site) -> bytes:
    site_url = site.options.site_url

    def resolve(written: str) -> str | None:
        address = source.address if not written else address_of(source, written, site.sources)
        return None if address is None else canonical_of(address, site_url)

    events = site.events[source.address]
    wheel = canonical_of(site.assets.wheel, site_url)
    return notebook(source, events, resolve, wheel, solutions=site.options.solutions)
