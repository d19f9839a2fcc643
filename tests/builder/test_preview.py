"""The picture that a chat shows for a link."""

from __future__ import annotations

import struct
import zlib

from tests.builder.conftest import Checkout
from tests.builder.test_site import EXAMPLE, pages, write_example


def test_a_link_has_a_preview_where_the_sites_address_is_known(checkout: Checkout) -> None:
    write_example(checkout, "a_picture", EXAMPLE)
    checkout.build()
    assert not pages(checkout.dist)["index.html"].all("meta", property="og:image")
    assert not list(checkout.dist.rglob("preview-*"))
    checkout.build("--site-url", "https://example.org/a")
    colours = {}
    for name, document in pages(checkout.dist).items():
        if name == "404.html":
            continue
        (image,) = document.all("meta", property="og:image")
        assert document.all("meta", name_="twitter:card", content="summary_large_image")
        address = image.attributes["content"].removeprefix("https://example.org/a/")
        width, height, colours[name] = read_png((checkout.dist / address).read_bytes())
        assert (width, height) == (1200, 630)
    value = bytes.fromhex("1a66ad")
    # The diagram is in the preview, in the colours of the page.
    assert value in colours["examples/a-picture/index.html"]
    assert value not in colours["index.html"]


def read_png(content: bytes) -> tuple[int, int, set[bytes]]:
    """Return width, height and the colours of a PNG of 8-bit RGBA."""
    chunks, place = b"", 8
    while place < len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        if content[place + 4 : place + 8] == b"IDAT":
            chunks += content[place + 8 : place + 8 + length]
        place += 12 + length
    width, height, depth, kind = struct.unpack(">IIBB", content[16:26])
    assert (depth, kind) == (8, 6)
    colours: set[bytes] = set()
    above = bytearray(4 * width)
    data = zlib.decompress(chunks)
    for start in range(0, len(data), 4 * width + 1):
        row = _unfilter(data[start], bytearray(data[start + 1 : start + 4 * width + 1]), above)
        colours |= {bytes(row[index : index + 3]) for index in range(0, len(row), 4)}
        above = row
    return width, height, colours


def _unfilter(kind: int, row: bytearray, above: bytearray) -> bytearray:
    """Undo a PNG row's filter, as section 9 of its specification has it."""
    for index in range(len(row) if kind else 0):
        left = row[index - 4] if index >= 4 else 0
        corner = above[index - 4] if index >= 4 else 0
        up = above[index]
        if kind == 4:
            guess = left + up - corner
            near = min((left, up, corner), key=lambda each: abs(guess - each))
        else:
            near = (0, left, up, (left + up) // 2)[kind]
        row[index] = (row[index] + near) & 255
    return row
