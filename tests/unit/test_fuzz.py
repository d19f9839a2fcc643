"""The generator of random programs finds what differs, and nothing where nothing does; no PyTorch needed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import backprop

from tests.reference.fuzz.comparing import KINDS, Bits, compare
from tests.reference.fuzz.execution import run
from tests.reference.fuzz.generator import grow
from tests.reference.fuzz.shrinking import shrink


def bent(**names: Any) -> Any:
    """The library with some names that mean something else."""
    return SimpleNamespace(**{**vars(backprop), "nn": backprop.nn, **names})


def disagreement(program: list[str], library: Any) -> Any:
    return compare(program, run(program, backprop), run(program, library), Bits())


def test_a_seed_gives_one_program() -> None:
    assert grow(3, backprop) == grow(3, backprop) != grow(4, backprop)


def test_the_library_agrees_with_itself() -> None:
    bits = Bits()
    for seed in range(20):
        program = grow(seed, backprop)
        assert 5 <= len(program) <= 20
        assert compare(program, run(program, backprop), run(program, backprop), bits) is None
    assert bits.results > 50
    assert bits.other == 0


def test_each_kind_of_disagreement_is_found() -> None:
    def raises(*args: Any) -> Any:
        raise ValueError("no")

    cases = {
        "values": ("t2 = torch.sin(t1)", bent(sin=lambda x: x.cos())),
        "type": ("t2 = torch.sin(t1)", bent(sin=lambda x: x.sin().double())),
        "shape": ("t2 = torch.sin(t1)", bent(sin=lambda x: x.sin()[None])),
        "graph": ("t2 = torch.sin(t1)", bent(sin=lambda x: x.sin().detach())),
        "stops here": ("t2 = torch.sin(t1)", bent(sin=raises)),
        "goes on here": ("t2 = torch.mm(t1, t1)", bent(mm=lambda x, y: x * y)),
        "error's type": ("t2 = torch.mm(t1, t1)", bent(mm=raises)),
        "error's words": ("t2 = torch.mm(t1, t1)", bent(mm=lambda x, y: x.reshape(7))),
        "text": ("s2 = repr(torch.sin(t1))", bent(sin=lambda x: x.cos())),
        "names": (
            "t2 = torch.sin(t1).sum(); t2.backward()",
            bent(sin=lambda x: x.detach().requires_grad_().sin()),
        ),
    }
    assert cases.keys() == KINDS.keys()
    for kind, (statement, library) in cases.items():
        program = ["t1 = torch.tensor([0.1, 0.2, 0.3], requires_grad=True)", statement]
        found = disagreement(program, library)
        assert found is not None, kind
        assert (found.kind, found.statement) == (kind, 1)


def test_other_bits_are_counted_and_what_follows_from_them_is_not() -> None:
    program = ["t1 = torch.ones(3)", "t2 = torch.sin(t1)", "t3 = t2 * 2", "t4 = t1 * 2"]
    bits = Bits()
    found = compare(
        program,
        run(program, backprop),
        run(program, bent(sin=lambda x: x.sin() * (1 + 1e-7))),
        bits,
    )
    assert found is None
    assert (bits.results, bits.other) == (3, 1)


def test_a_program_is_shrunk_to_what_shows_the_disagreement() -> None:
    library = bent(sin=lambda x: x.cos())
    program = ["t1 = torch.ones(2)", "t2 = torch.zeros(3)", "t3 = t2 + 1", "t4 = torch.sin(t1)"]

    def shows(shorter: list[str]) -> bool:
        found = disagreement(shorter, library)
        return found is not None and found.kind == "values"

    assert shrink(program, shows) == ["t1 = torch.ones(2)", "t4 = torch.sin(t1)"]
