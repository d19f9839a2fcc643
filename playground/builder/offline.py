"""What makes the site an application that is kept: a service worker that knows its files, and a manifest."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree

import resvg_py

from playground.builder.cache import BuildCache, digest
from playground.builder.plain_css import plain_css
from playground.builder.publish import Files

SERVICE_WORKER = "service-worker.js"
MANIFEST = "manifest.webmanifest"

#: Widths of the icons in pixels: what Chromium and Android ask for; iOS takes the first.
ICON_SIZES = (192, 512)

# The page's light ground and, of the icon, the part that no mask of a launcher cuts away.
_GROUND, _SAFE = "#fdfcfa", 0.6
_SVG = "{http://www.w3.org/2000/svg}"


def service_worker(script: Path, kept: Files) -> bytes:
    """Return the bundled `script` with the files before it that it is to keep, each with its SHA-256.

    Every change of a file changes these bytes, by which a browser knows that there is a new version.
    """
    hashes = {address: hashlib.sha256(content).hexdigest() for address, content in kept.items()}
    listed = json.dumps(hashes, sort_keys=True)
    site = json.dumps({"build": digest(listed), "files": hashes}, sort_keys=True)
    return f"const SITE = {site};\n".encode() + script.read_bytes()


def kept_files(pages: Files, loaded: Files) -> Files:
    """Return what is kept for visits without a network: pages, and what they load.

    Args:
        pages: by their addresses. The 404 page is the host's alone.
        loaded: by their addresses. What people download, and what only chats load, is left out.
    """
    return {
        address: content
        for address, content in sorted((pages | loaded).items())
        if address != "404.html" and not address.startswith(("downloads/", "assets/preview-"))
    }


def web_manifest(title: str, icons: dict[int, str]) -> bytes:
    """Return the manifest, by which the site can be installed; `icons` are addresses by width."""
    manifest = {
        "name": title,
        "short_name": "Backprop",
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": _GROUND,
        "theme_color": _GROUND,
        "icons": [
            {
                "src": address,
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": "any maskable",
            }
            for size, address in icons.items()
        ],
    }
    return json.dumps(manifest, indent=1).encode()


def draw_icons(favicon: Path, cache: BuildCache) -> dict[int, bytes]:
    """Return the favicon as PNG on the page's ground, by width; drawn only when it changed."""
    root = ElementTree.fromstring(favicon.read_text(encoding="utf-8"))
    for style in root.iter(f"{_SVG}style"):
        style.text = plain_css(style.text or "")
    inset, inner = f"{(1 - _SAFE) / 2:.0%}", f"{_SAFE:.0%}"
    root.attrib |= {"x": inset, "y": inset, "width": inner, "height": inner}
    text = ElementTree.tostring(root, encoding="unicode")

    def svg(size: int) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}">'
            f'<rect width="{size}" height="{size}" fill="{_GROUND}"/>{text}</svg>'
        )

    def make(folder: Path) -> None:
        for size in ICON_SIZES:
            (folder / f"{size}.png").write_bytes(resvg_py.svg_to_bytes(svg_string=svg(size)))

    key = digest(*map(svg, ICON_SIZES), version("resvg_py"))
    folder = cache.folder("icons", key, "Drawing the icons", make)
    return {size: (folder / f"{size}.png").read_bytes() for size in ICON_SIZES}
