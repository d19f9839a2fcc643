"""A package that is in memory before a program has imported it does not show."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.session.set_aside import SetAside


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package with a package in it, imported and set aside."""
    files = {
        "shop/__init__.py": "",
        "shop/tea/__init__.py": "from .pot import full\nbegun = []\ndef begin(): begun.append(1)\n",
        "shop/tea/pot.py": "full = True\n",
        "shop/teapot.py": "",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.import_module("shop.tea")
    importlib.import_module("shop.teapot")
    SetAside("shop.tea")
    yield
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, SetAside)]
    for name in [name for name in sys.modules if name.split(".")[0] == "shop"]:
        del sys.modules[name]


@pytest.mark.usefixtures("shop")
def test_nothing_of_it_shows() -> None:
    assert not hasattr(sys.modules["shop"], "tea")
    assert not [name for name in sys.modules if name.startswith("shop.tea.")]
    assert "shop.teapot" in sys.modules, "another module, whose name begins so too"


@pytest.mark.parametrize("name", ["shop.tea", "shop.tea.pot"])
@pytest.mark.usefixtures("shop")
def test_its_import_hands_it_out_whole_and_lets_it_begin(name: str) -> None:
    finder = sys.meta_path[0]
    importlib.import_module(name)
    tea = sys.modules["shop.tea"]
    assert sys.modules["shop"].tea is tea
    assert tea.begun == [1]
    assert sys.modules["shop.tea.pot"].full
    assert tea.__spec__ is not None
    assert tea.__spec__.origin == tea.__file__, "as if it had come from its file"
    assert finder not in sys.meta_path
    importlib.import_module(name)
    assert tea.begun == [1], "once"
