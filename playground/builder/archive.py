"""Archives and wheels whose bytes depend on their content only."""

from __future__ import annotations

import base64
import hashlib
import io
import struct
import tarfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO

import zstandard

# The earliest date that a zip archive can hold.
_DATE = (1980, 1, 1, 0, 0, 0)

# The highest: what is packed once is unpacked by every reader.
_ZSTANDARD_LEVEL = 22
# 16 MB, which the reader's decoder holds; with 32 MB a snapshot would be shorter by a hundredth.
_WINDOW_LOG = 24

Members = dict[str, bytes]


def read_archive(
    path: Path | IO[bytes], keep: Callable[[str], bool] = lambda name: True
) -> Members:
    """Return the files of a zip archive by name; folders are left out."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/") and keep(name)]
        return {name: archive.read(name) for name in names}


def write_archive(path: Path, members: Members) -> None:
    """Write a compressed zip archive: sorted, without dates and owners."""
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(members):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, members[name], compresslevel=9)


def packed_archive(members: Members) -> bytes:
    """Return a tar archive in this order, packed with Zstandard, behind its length when unpacked."""
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    content = whole.getvalue()
    parameters = zstandard.ZstdCompressionParameters.from_level(
        _ZSTANDARD_LEVEL, window_log=_WINDOW_LOG, source_size=len(content)
    )
    compressor = zstandard.ZstdCompressor(compression_params=parameters)
    return struct.pack("<I", len(content)) + compressor.compress(content)


def write_wheel(path: Path, members: Members) -> None:
    """Write a wheel with a `RECORD` that lists exactly what is in it."""
    record = next(name for name in members if name.endswith(".dist-info/RECORD"))
    files = {name: content for name, content in members.items() if name != record}
    write_archive(path, files | {record: _record(files.items(), record)})


def _record(files: Iterable[tuple[str, bytes]], record: str) -> bytes:
    """Return the `RECORD` of a wheel, as the binary distribution format defines it."""
    lines = []
    for name, content in sorted(files):
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={digest},{len(content)}\n")
    return "".join([*lines, f"{record},,\n"]).encode()
