"""Parameters in lists and by names: what they are, how they are printed, and what can be done with them."""

from __future__ import annotations

from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()


@CASES
def by_names(torch: Any) -> dict[str, Any]:
    nn = torch.nn
    held = nn.ParameterDict({"a": torch.ones(2), "b": nn.Parameter(torch.ones(1, 2)), "c": "x"})
    found = {"printed": repr(held), "names": repr([name for name, _ in held.named_parameters()])}
    held["d"] = torch.zeros(3, dtype=torch.float64)
    held.update([("e", torch.zeros(())), ("a", nn.Parameter(torch.full((2,), 3.0)))])
    found |= {"updated": repr(held), "keys": repr(list(held.keys())), "a": held["a"]}
    found["state"] = repr(list(held.state_dict()))
    found["held"] = repr(["a" in held, "z" in held, len(held), held.get("z"), held.get("c")])
    found["types"] = repr([type(each).__name__ for each in held.values()])
    found["popped"] = repr(held.pop("b")) + repr(held.popitem())
    found["default"] = repr(held.setdefault("f", torch.ones(1)))
    found["both"] = repr(list((held | nn.ParameterDict({"g": torch.ones(1)})).keys()))
    found["copy"] = repr(list(held.copy().items()))
    del held["c"]
    found["reversed"] = repr(list(reversed(held))) + repr(list(held))
    held.clear()
    found["empty"] = repr(held) + repr(len(held))
    for name, provoke in {
        "number": lambda: held.__setitem__(1, torch.ones(1)),
        "no pairs": lambda: held.update(5),
    }.items():
        try:
            provoke()
        except TypeError as error:
            found[name] = str(error).split("\n")[0]
    return found


@CASES
def in_a_list(torch: Any) -> dict[str, Any]:
    nn = torch.nn
    held = nn.ParameterList([torch.ones(2), nn.Parameter(torch.ones(1, 2)), 3])
    found = {"printed": repr(held), "names": repr([name for name, _ in held.named_parameters()])}
    held.append(torch.zeros(2, 2)).extend([torch.zeros(1)])
    held += [torch.ones(1)]
    found |= {"longer": repr(held), "last": held[-1], "slice": repr(held[1:3])}
    held[0] = torch.full((2,), 5.0)
    found |= {"first": held[0], "length": repr(len(held)), "state": repr(list(held.state_dict()))}
    found["types"] = repr([type(each).__name__ for each in held])
    for name, provoke in {
        "index": lambda: held[9],
        "tensor": lambda: held.extend(5),
    }.items():
        try:
            provoke()
        except (IndexError, TypeError) as error:
            found[name] = f"{type(error).__name__}: " + str(error).split("\n")[0]
    return found
