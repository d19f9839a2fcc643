"""Large graphs: what is folded into which box, what is seen when it is unfolded, what a page keeps."""

from __future__ import annotations

import gc
import linecache
import weakref
from collections.abc import Iterator
from typing import Any

import backprop as torch
import numpy as np
import pytest
from backprop import host, nn, viz
from backprop.autograd.watching import of_calls
from backprop.viz.kit.diagram import Diagram
from backprop.viz.layouts.repeats import Repeat, repeats
from backprop.viz.memory.operations import memory_of

from tests.drawings import (
    check_geometry,
    check_golden,
    check_standalone,
    check_steps,
    parse,
)


@pytest.fixture(autouse=True)
def _remember() -> Iterator[None]:
    viz.remember()
    yield
    viz.forget()
    host.disconnect()


def asked(key: str, names: list[str]) -> Any:
    """The bundle of a graph that was shown, with these groups open, as a page asks for it."""
    return host.answer("graph.open", {"graph": key, "open": names})


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.linear = nn.Linear(2, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.relu(self.linear(x)) * 0.5


class Block(nn.Module):
    def __init__(self, layers: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(*[Layer() for _ in range(layers)])
        self.out = nn.Linear(2, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x - self.out(self.layers(x)).tanh()


class Net(nn.Module):
    def __init__(self, blocks: int = 3, layers: int = 3) -> None:
        super().__init__()
        self.encoder = Block(layers)
        self.rest = nn.ModuleList([Block(layers) for _ in range(blocks)])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.encoder(x).sin()
        for block in self.rest:
            x = block(x)
        return x


def nested(**sizes: int) -> tuple[torch.Tensor, Net]:
    torch.manual_seed(0)
    model = Net(**sizes)
    return (model(torch.tensor([[1.0, 2.0]])) ** 2).mean(), model


def looped(rounds: int) -> torch.Tensor:
    w = torch.tensor(0.9, requires_grad=True)
    h = torch.tensor(0.5)
    for _ in range(rounds):
        h = h * w
        h = torch.tanh(h + 0.1)
    return h


def formless(count: int) -> torch.Tensor:
    """Operations in an order without a pattern, each of them from a line of its own or nearly so."""
    x = torch.tensor(1.0, requires_grad=True)
    values = [x, x * 0.9]
    state = 1
    for _ in range(count):
        state = state * 1103515245 + 12345 & 0x7FFFFFFF
        last, other = values[-1], values[-1 - (state >> 8) % min(len(values), 5)]
        choice = (state >> 16) % 4
        if choice == 0:
            values.append(last * 0.9)
        elif choice == 1:
            values.append(last.tanh())
        elif choice == 2:
            values.append(last + other)
        else:
            values.append(last - other * 0.5)
    return values[-1]


def boxes(diagram: Diagram) -> list[str]:
    """The names in the first column of the table that are of operations and groups."""
    return [row[0] for row in diagram.table.rows if row[1]]


def groups(diagram: Diagram, state: str = "folded") -> list[str]:
    return [
        each.attrib["data-group"]
        for each in parse(diagram).iterfind(f".//*[@data-state='{state}']")
    ]


def facts(diagram: Diagram, group: str) -> list[str]:
    found = parse(diagram).find(f".//*[@data-group='{group}']")
    assert found is not None
    return found.attrib["data-facts"].splitlines()


def check(diagram: Diagram) -> None:
    check_geometry(diagram)
    check_standalone(diagram)
    check_steps(diagram)


def test_a_model_is_folded_by_its_modules_under_its_own_names() -> None:
    loss, model = nested()
    diagram = viz.graph(loss, model, most=8)
    assert groups(diagram) == ["encoder", "rest.0", "rest.1", "rest.2"]
    assert facts(diagram, "encoder")[0] == "encoder · Block: 12 operations"
    assert "▸ encoder · Block" in "".join(parse(diagram).itertext())
    check(diagram)


def test_a_folded_module_has_the_value_and_the_blame_of_its_output() -> None:
    torch.manual_seed(0)
    model = Net()
    kept: list[torch.Tensor] = []

    def keep(module: nn.Module, inputs: Any, output: torch.Tensor) -> None:
        output.retain_grad()
        kept.append(output)

    model.encoder.register_forward_hook(keep)
    loss = (model(torch.tensor([[1.0, 2.0]])) ** 2).mean()
    diagram = viz.graph(loss, model, most=8)
    loss.backward()
    (output,) = kept
    assert output.grad is not None
    row = next(each for each in diagram.table.rows if each[0] == "encoder · Block")
    written = [
        [float(each) for each in text.replace("−", "-").strip("[]").split(", ")]
        for text in row[3:5]
    ]
    exact = torch.cat([output.detach(), output.grad]).numpy()
    np.testing.assert_allclose(written, exact, atol=1e-4)
    assert row[1:3] == ("12 operations", "1 × 2")
    assert "v12 = " in facts(diagram, "encoder")[1]
    assert "Only it uses" in facts(diagram, "encoder")[-1]


def test_without_the_model_its_variable_or_its_class_gives_the_names() -> None:
    loss, model = nested()
    assert "model.encoder" in groups(viz.graph(loss, most=8))
    loss, _ = nested()
    del model, _
    assert "Net.encoder" in groups(viz.graph(loss, most=8))


def test_one_module_that_is_called_in_a_loop_is_a_round_each_time() -> None:
    torch.manual_seed(0)
    cell, h = Layer(), torch.tensor([[1.0, 2.0]])
    for _ in range(40):
        h = cell(h)
    diagram = viz.graph(h.sum(), cell)
    assert groups(diagram) == ["rounds_2_to_39"]
    opened = viz.graph(h.sum(), cell, open=["rounds 2 to 39", "rounds 2 to 11"])
    assert facts(opened, "round_2")[0] == "round 2 · Layer: 3 operations"


def test_layers_in_a_row_are_counted_as_layers() -> None:
    torch.manual_seed(0)
    deep = nn.Sequential(*[each for _ in range(20) for each in (nn.Linear(2, 2), nn.Tanh())])
    diagram = viz.graph(deep(torch.tensor([[1.0, 2.0]])).sum(), deep)
    assert groups(diagram) == ["layers_2_to_19"]


def test_blocks_in_a_row_keep_their_names() -> None:
    loss, model = nested(blocks=30)
    diagram = viz.graph(loss, model)
    assert "rest.1_to_28" in groups(diagram)
    assert facts(diagram, "rest.1_to_28")[0] == "rest.1 to 28 · Block: 336 operations"
    opened = viz.graph(loss, model, open="rest.1 to 28")
    assert {"rest.1_to_10", "rest.11_to_20", "rest.21_to_28"} <= set(groups(opened))


def test_unfolding_shows_the_inside_and_leaves_the_outside_as_it_was() -> None:
    loss, model = nested()
    folded = viz.graph(loss, model, most=8)
    diagram = viz.graph(loss, model, most=8, open=["encoder"])
    assert groups(diagram, "open") == ["encoder"]
    assert boxes(diagram) == [
        *("encoder.layers.0 · Layer", "encoder.layers.1 · Layer", "encoder.layers.2 · Layer"),
        *("v10", "v11", "v12"),
        *boxes(folded)[1:],
    ]
    assert facts(diagram, "encoder")[0] == "encoder · Block is open: 12 operations"
    assert folded.description == diagram.description
    check(diagram)


def test_what_is_in_a_folded_group_can_be_opened_and_its_surroundings_open_too() -> None:
    loss, model = nested()
    diagram = viz.graph(loss, model, most=8, open=["rest.1.layers.2"])
    assert groups(diagram, "open") == ["rest.1", "rest.1.layers.2"]
    assert diagram.root.attributes["data-open"] == "rest.1 rest.1.layers.2"
    inner = parse(diagram).find(".//*[@data-node='v34']")
    assert inner is not None
    assert inner.attrib["data-in"] == "rest.1.layers.2"
    check(diagram)


def test_names_stay_the_same_when_something_is_unfolded() -> None:
    loss, model = nested()
    nodes = [
        {each.get("data-node") for each in parse(viz.graph(loss, model, most=8, open=names)).iter()}
        for names in ([], ["encoder"], ["encoder", "rest.2"])
    ]
    assert nodes[0] < nodes[1] < nodes[2]


@pytest.mark.slow
def test_no_unfolding_makes_a_hairball() -> None:
    for loss, model in ((looped(1000), None), nested(blocks=40, layers=12), (formless(2000), None)):
        opened: list[str] = []
        before = 0
        while True:
            diagram = viz.graph(loss, model, open=opened)
            count = len(boxes(diagram))
            assert count <= before + 24
            folded = [name for name in groups(diagram) if not opened or name not in opened]
            inside = (
                parse(diagram).findall(f".//*[@data-in='{opened[-1]}']")
                if opened
                else [*parse(diagram).iter()]
            )
            inner = [
                each.attrib["data-group"] for each in inside if each.get("data-state") == "folded"
            ]
            if not inner:
                break
            assert folded
            before = count
            opened.append(inner[len(inner) // 2])
        assert len(opened) >= 2
        check(diagram)


def test_what_has_no_structure_is_folded_in_between() -> None:
    diagram = viz.graph(formless(100), most=10)
    (name,) = groups(diagram)
    assert "in between" in facts(diagram, name)[0]
    assert len(boxes(diagram)) == 10


def test_a_group_of_which_several_values_go_on_says_how_many() -> None:
    w = torch.tensor(0.9, requires_grad=True)
    a, b = torch.tensor(0.5), torch.tensor(0.2)
    for _ in range(20):
        a, b = a * w + b, b * w - a
    diagram = viz.graph(a + b, most=8)
    assert "2 of its values go on" in facts(diagram, "rounds_2_to_19")[1]
    assert "the blame of 2 values of rounds 2 to 19" in diagram._repr_svg_()
    (row,) = (each for each in diagram.table.rows if each[0] == "rounds 2 to 19")
    assert row[3:5] == ("", "")  # no single one of them is its value
    check(diagram)


def test_steps_keep_the_time_of_the_whole_graph() -> None:
    loss = looped(30)
    for names in ([], ["rounds 2 to 29"]):
        captions = parse(viz.graph(loss, open=names)).findall(".//*[@data-caption]")
        times = [int(each.attrib["data-time"]) for each in captions]
        assert times == sorted(times)
        assert times[-1] == 180
        assert times[len(times) // 2 - 1] == 90


def test_a_name_that_is_none_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(ValueError, match=r"no group 'rounds 3'(.|\n)*'rounds 2 to 29'"):
        viz.graph(looped(30), open=["rounds 3"])
    w = torch.tensor(0.9, requires_grad=True)
    with pytest.raises(ValueError, match=r"no group 'encoder'(.|\n)*no module was called"):
        viz.graph(w * 2, open=["encoder"])


def test_only_while_remembering_is_on_a_module_is_noted() -> None:
    class Asking(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            y = x * torch.ones(1, requires_grad=True)
            memory = memory_of(y.grad_fn)
            asked.append(memory is not None and memory.call is not None)
            return x

    asked: list[bool] = []
    Asking()(torch.ones(1))
    assert of_calls
    viz.forget()
    assert not of_calls
    Asking()(torch.ones(1))
    assert asked == [True, False]


def test_an_error_in_a_module_leaves_no_call_behind() -> None:
    class Broken(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Broken()(torch.ones(1))
    assert groups(viz.graph(looped(30))) == ["rounds_2_to_29"]


def test_repeats_inside_of_repeats_are_left_to_the_inside() -> None:
    assert repeats("aaaab" * 5) == [Repeat(0, 5, 5)]
    assert repeats("xyyyyyzababababq") == [Repeat(1, 1, 5), Repeat(7, 2, 4)]
    assert repeats("abc") == []


def test_outside_of_a_page_nothing_is_kept() -> None:
    diagram = viz.graph(looped(31))
    diagram._repr_mimebundle_()
    key = diagram.root.attributes["data-graph"]
    assert isinstance(key, str)
    assert asked(key, []) is None


class TestInAPage:
    @pytest.fixture(autouse=True)
    def _connect(self) -> None:
        host.connect(lambda control: None, lambda bundle: None)

    def shown(self, diagram: Diagram) -> str:
        diagram._repr_mimebundle_()
        key = diagram.root.attributes["data-graph"]
        assert isinstance(key, str)
        return key

    def test_a_shown_graph_is_drawn_again_with_a_group_open(self) -> None:
        loss, model = nested()
        expected = viz.graph(loss, model, most=8, open=["encoder"])
        key = self.shown(viz.graph(loss, model, most=8))
        bundle = asked(key, ["encoder"])
        assert bundle is not None
        assert f'data-graph="{key}"' in bundle["image/svg+xml"]
        assert bundle["text/plain"] == repr(expected)
        assert asked(key, [])["text/plain"] == repr(expected)

    def test_later_changes_of_tensors_do_not_reach_it(self) -> None:
        loss, model = nested()
        opened = viz.graph(loss, model, most=8, open=["encoder"])
        key = self.shown(viz.graph(loss, model, most=8))
        with torch.no_grad():
            for each in model.parameters():
                each.zero_()
        bundle = asked(key, ["encoder"])
        assert bundle is not None
        assert (
            bundle["application/vnd.backprop.table+json"]
            == opened._repr_mimebundle_()["application/vnd.backprop.table+json"]
        )

    def test_it_keeps_no_model_alive(self) -> None:
        def show() -> weakref.ref[Net]:
            loss, model = nested()
            self.shown(viz.graph(loss, model, most=8))
            return weakref.ref(model)

        gone = show()
        gc.collect()
        assert gone() is None

    def test_only_the_last_ones_are_kept(self) -> None:
        keys = [self.shown(viz.graph(looped(count))) for count in range(30, 40)]
        assert asked(keys[0], []) is None
        assert asked(keys[-1], []) is not None

    @pytest.mark.slow
    def test_what_is_too_large_is_not_kept(self) -> None:
        x = torch.ones(1_000_000, requires_grad=True)
        for _ in range(30):
            x = x * 1.01
        assert asked(self.shown(viz.graph(x.sum())), []) is None

    def test_forged_keys_and_names_do_nothing(self) -> None:
        key = self.shown(viz.graph(looped(30)))
        assert asked("bp-nonsense", []) is None
        bundle = asked(key, ["nonsense", "__class__"])
        assert bundle is not None
        assert 'data-open=""' in bundle["image/svg+xml"]

    @pytest.mark.slow
    def test_a_page_is_never_given_more_than_it_draws(self) -> None:
        loss = looped(1000)
        key = self.shown(viz.graph(loss))
        names = ["rounds_2_to_999"]
        for start in range(2, 999, 100):
            names.append(f"rounds_{start}_to_{min(start + 99, 999)}")
            bundle = asked(key, names)
            assert bundle is not None
            assert bundle["image/svg+xml"].count("<") < 4_000
            assert (
                names[-1] in bundle["image/svg+xml"].partition('data-open="')[2].partition('"')[0]
            )


#: As a cell of its own, since a golden file has the lines of the code in it.
PROGRAM = """\
nn = torch.nn

class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(2, 2)
        self.outer = nn.Linear(2, 2)

    def forward(self, x):
        return x + self.outer(self.inner(x).tanh())

torch.manual_seed(0)
encoder, cell = nn.Sequential(Block(), Block()), Block()
x = encoder(torch.tensor([[1.0, 2.0]]))
for step in range(30):
    x = cell(x) * 0.5
loss = (x**2).sum()
"""


@pytest.mark.parametrize(
    ("name", "opened"),
    [("folded", []), ("unfolded", ["encoder.0", "rounds 2 to 29", "rounds 26 to 29"])],
)
def test_golden(name: str, opened: list[str], update_golden: bool) -> None:
    linecache.cache["cell.py"] = (len(PROGRAM), None, PROGRAM.splitlines(True), "cell.py")
    scope: dict[str, Any] = {"torch": torch, "viz": viz, "opened": opened}
    exec(compile(PROGRAM, "cell.py", "exec"), scope)
    exec("diagram = viz.graph(loss, most=8, open=opened)", scope)
    check(scope["diagram"])
    check_golden(scope["diagram"], f"graph-{name}", update_golden)
