"""The connections of a learning step: weights, their blame, their change, and what runs along them."""

from __future__ import annotations

from ..kit.neurons import neuron_id, weight_id
from ..kit.numbers import exact
from ..kit.sizes import broken, largest, share
from ..kit.steps import explain, seen
from ..kit.svg import Element
from .layout import FlowLayout
from .trace import TracedFlow
from .words import Times, gradient_words, update_words, weight_name

WIDEST_WEIGHT = 4.0
WIDEST_BLAME = 15.0


def draw_weights(
    edges: Element, traced: TracedFlow, layout: FlowLayout, times: Times, index: int
) -> None:
    """Draw the weights into linear layer `index`: the value, the blame, the change, and what runs there."""
    layer, after = traced.network.layers[index], traced.layers[index].new_weight
    assert layer.weight_gradient is not None
    heaviest = largest([each.weight for each in traced.network.layers])
    worst = largest([each.weight_gradient for each in traced.network.layers])
    moved = largest(
        [
            new.new_weight - old.weight
            for new, old in zip(traced.layers, traced.network.layers, strict=True)
        ]
    )
    left, right = layout.layers[index], layout.layers[index + 1]
    blames = traced.layers[index].sum_blame
    shares = blames[:, None] * layer.weight
    most = largest([shares])
    for row, end in zip(right.shown, right.at, strict=True):
        for column, start in zip(left.shown, left.at, strict=True):
            weight, gradient = (
                float(layer.weight[row, column]),
                float(layer.weight_gradient[row, column]),
            )
            new = float(after[row, column])
            d, back = _line(start, end), _line(end, start)
            group = edges.add("g", class_="bp-connection")
            explain(
                group,
                weight_id(index + 1, row, column),
                "\n".join(
                    [
                        f"weight from {weight_name(traced, index, row, column)}",
                        f"before {exact(weight)}, change {exact(new - weight)}, after {exact(new)}",
                        gradient_words(traced, index, row, column),
                        f"w becomes {update_words(traced, index, row, column)}",
                    ]
                ),
                previous=[neuron_id(index, column)],
                following=[neuron_id(index + 1, row)],
            )
            wide = 1 + WIDEST_BLAME * share(gradient, worst)
            if gradient != 0:
                band = group.add(
                    "path", d=d, class_="bp-blame-band" + broken(gradient), stroke_width=wide
                )
                seen(band, times.weight_blame[index])
            if new != weight:
                change = group.add("path", d=d, class_="bp-change" + broken(new))
                change.attributes["stroke-width"] = 1 + 0.55 * WIDEST_BLAME * share(
                    new - weight, moved
                )
                seen(change, times.update)
            line = group.add(
                "path",
                d=d,
                class_="bp-weight bp-pending"
                + (" is-negative" if weight < 0 else "")
                + broken(weight),
                stroke_width=0.8 + WIDEST_WEIGHT * share(weight, heaviest),
            )
            seen(line, times.forward[index + 1])
            pulse = group.add("path", d=d, class_="bp-pulse is-value", stroke_width=6)
            seen(pulse, times.forward[index + 1])
            handed = float(shares[row, column])
            if index and handed:
                pulse = group.add("path", d=back, class_="bp-pulse is-blame")
                pulse.attributes["stroke-width"] = 2 + 12 * share(handed, most)
                seen(pulse, times.blame[index])


def _line(start: tuple[float, float], end: tuple[float, float]) -> str:
    return f"M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}"


def draw_loss_line(edges: Element, traced: TracedFlow, layout: FlowLayout, times: Times) -> None:
    """Draw what leads from the answers to the loss."""
    blame = traced.layers[-1].sum_blame
    most = largest([blame])
    for unit, start in zip(layout.layers[-1].shown, layout.layers[-1].at, strict=True):
        size = share(float(blame[unit]), most)
        band = edges.add("path", d=_line(start, layout.loss), class_="bp-blame-band")
        band.attributes["stroke-width"] = 1 + WIDEST_BLAME * size
        seen(band, times.output_blame)
        seen(
            edges.add("path", d=_line(start, layout.loss), class_="bp-line bp-pending"), times.loss
        )
        pulse = edges.add(
            "path", d=_line(start, layout.loss), class_="bp-pulse is-value", stroke_width=6
        )
        seen(pulse, times.loss)
        pulse = edges.add("path", d=_line(layout.loss, start), class_="bp-pulse is-blame")
        pulse.attributes["stroke-width"] = 2 + 12 * size
        seen(pulse, times.output_blame)
