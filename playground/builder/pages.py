"""The pages: what is known of the site goes through the templates and becomes HTML."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from playground.builder.addresses import canonical_of, colab_of, file_of, not_found_root, root_of
from playground.builder.article import articles
from playground.builder.cache import BuildCache
from playground.builder.examples import PYTORCH
from playground.builder.offline import ICON_SIZES
from playground.builder.policies import not_found_policy
from playground.builder.publish import Files
from playground.builder.site import Site
from playground.builder.sources import Source
from playground.builder.summaries import EXAMPLES, LICENCES, NOT_FOUND, PLAY, PageSummary
from playground.builder.templates import Templates
from playground.builder.views import AssetsView, NeighbourView, PageView, play_view


def write_pages(site: Site, templates: Templates, cache: BuildCache) -> Files:
    """Return the HTML of all pages, by their addresses.

    Raises:
        PlaygroundError: A source or a template has a mistake.
    """
    content = articles(site, templates, cache)
    files = {
        f"{source.address}index.html": _source_page(
            source, content[source.address], site, templates
        )
        for source in site.sources
    }
    if site.examples:
        files["examples/index.html"] = _fill(_page(EXAMPLES, "examples", site), site, templates)
    play = Markup(templates.macro("cell", play_view(), PLAY.name))
    play_page = replace(_page(PLAY, "play", site), content=play, runs=True)
    return files | {
        "play/index.html": _fill(play_page, site, templates),
        "licences/index.html": _fill(_page(LICENCES, "licences", site), site, templates),
        "404.html": _not_found_page(site, templates),
    }


def _source_page(source: Source, content: Markup, site: Site, templates: Templates) -> bytes:
    """Return the page of a lesson or an example."""
    previous, following = _neighbours(source, site)
    page = replace(
        _page(site.summaries[source.address], source.kind, site),
        toc=source.headings,
        exercises=len(source.exercises),
        previous=previous,
        next=following,
        content=content,
        runs=bool(source.cells),
        tags=source.tags,
        file=file_of(source),
        opening=site.assets.opening if source.opening else None,
        colab=colab_of(source, site.options),
        pytorch=Markup(PYTORCH.get(source.pytorch, "")),
    )
    return _fill(page, site, templates)


def _not_found_page(site: Site, templates: Templates) -> bytes:
    """Return the page that hosts show for an address that is not there.

    It loads nothing: under whatever address it is shown, no relative one would be right.
    """
    root = not_found_root(site.options.site_url)
    page = replace(_page(NOT_FOUND, "not_found", site), root=root, canonical=None)
    bundle = site.assets.bundle
    css = "".join(bundle.files[name].read_text(encoding="utf-8") for name in bundle.styles)
    policy = not_found_policy(css)
    return templates.render("not_found", page=page, site=site, css=css, policy=policy).encode()


def _page(about: PageSummary, kind: str, site: Site) -> PageView:
    """Return what every page has, whatever its kind."""
    preview = site.assets.previews.get(about.address)
    site_url = site.options.site_url
    return PageView(
        kind=kind,
        name=about.name,
        address=about.address,
        title=about.title,
        description=about.description,
        root=root_of(about.address),
        canonical=canonical_of(about.address, site_url),
        preview=canonical_of(preview, site_url) if preview else None,
    )


def _neighbours(source: Source, site: Site) -> tuple[NeighbourView | None, NeighbourView | None]:
    root = root_of(source.address)
    same = [other for other in site.sources if other.kind == source.kind]
    found = [NeighbourView(other.title, root + other.address) for other in same]
    place = same.index(source)
    previous = found[place - 1] if place > 0 else None
    following = found[place + 1] if place + 1 < len(found) else None
    return previous, following


def _fill(page: PageView, site: Site, templates: Templates) -> bytes:
    """Return what the template of the page's kind makes of it."""
    assets = _assets(page, site)
    return templates.render(page.kind, page=page, site=site, assets=assets).encode()


def _assets(page: PageView, site: Site) -> AssetsView:
    runtime, bundle, root = site.assets.runtime, site.assets.bundle, page.root
    return AssetsView(
        scripts=[root + name for name in bundle.scripts],
        styles=[root + name for name in bundle.styles],
        # The runtime's 17 MB are left to the script: on a slow line they would hold it up.
        preload=[root + name for name in bundle.imported],
        icon=root + site.assets.icon,
        app_icon=root + site.assets.app_icons[ICON_SIZES[0]],
        csp=runtime.page_policy,
        runtime_json=runtime.assets_json(root) if page.runs else Markup(),
    )
