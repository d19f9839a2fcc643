"""What is measured is what the figures say."""

from __future__ import annotations

import gzip
import itertools
import re
import sys
import urllib.request
from http.client import RemoteDisconnected
from pathlib import Path

import pytest
from backprop import viz

from playground.bench.diagrams import program
from playground.bench.start.host import Speed, hosted
from playground.cli import main


def test_without_a_name_it_says_what_can_be_measured(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench"]) == 0
    names = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert names == ["diagrams", "engine", "start"]


def test_a_wrong_name_is_refused_with_the_right_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "speed"]) == 1
    assert "there is: diagrams, engine, start" in capsys.readouterr().err


@pytest.mark.parametrize("compute", [program.looped, program.layered, program.unordered])
def test_the_graphs_have_as_many_operations_as_they_say(compute: object) -> None:
    assert callable(compute)
    title = viz.graph(compute()).title
    found = re.search(r"([\d,]+) operations", title)
    assert found is not None
    assert int(found[1].replace(",", "")) == pytest.approx(program.OPERATIONS, rel=0.05)


def test_training_draws_every_epoch_where_there_is_time(monkeypatch: pytest.MonkeyPatch) -> None:
    # By a clock on which everything takes 10 s: a diagram is always due.
    clock = itertools.count(step=10)
    monkeypatch.setattr("time.perf_counter", lambda: float(next(clock)))
    monkeypatch.setattr(sys.modules["backprop.viz.live.redraw"], "_rest_until", 0.0)
    with program.shown_to_nobody():
        epochs, drawn = program.train(2, live=True)
        assert drawn == epochs > 0
        assert program.train(2, live=False)[1] == 0


def test_the_host_packs_what_github_pages_packs_and_counts_it(tmp_path: Path) -> None:
    content = b"0" * 100_000
    for name in ("page.html", "snapshot.bin"):
        (tmp_path / name).write_bytes(content)
    with hosted({"site": tmp_path}) as (origin, line):
        for name, packs in (("page.html", True), ("snapshot.bin", False)):
            request = urllib.request.Request(
                f"{origin}/site/{name}", headers={"Accept-Encoding": "gzip, br"}
            )
            before = line.sent
            with urllib.request.urlopen(request) as response:
                received = response.read()
                assert (response.headers["Content-Encoding"] == "gzip") == packs
            assert (gzip.decompress(received) if packs else received) == content
            assert line.sent - before == len(received)
        line.be(Speed(is_cut=True))
        with pytest.raises(RemoteDisconnected):
            urllib.request.urlopen(f"{origin}/site/page.html")
