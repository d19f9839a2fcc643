"""What goes wrong with recurrent layers and with sequences of different lengths."""

from __future__ import annotations

from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()

MISTAKES = {
    "no steps": "nn.RNN(3, 2)(ones(0, 2, 3))",
    "other size": "nn.LSTM(3, 2)(ones(4, 2, 4))",
    "other state": "nn.LSTM(3, 2)(ones(4, 2, 3), (ones(1, 2, 3), ones(1, 2, 2)))",
    "other memory": "nn.LSTM(3, 2)(ones(4, 2, 3), (ones(1, 2, 2), ones(1, 2, 3)))",
    "other batch": "nn.GRU(3, 2)(ones(4, 2, 3), ones(1, 1, 2))",
    "batch not first": "nn.RNN(3, 2, batch_first=True)(ones(2, 4, 3), ones(2, 1, 2))",
    "no pair": "nn.LSTM(3, 2)(ones(4, 2, 3), ones(1, 2, 2))",
    "flat states": "nn.LSTM(3, 2)(ones(4, 2, 3), (ones(2, 2), ones(1, 2, 2)))",
    "flat states of one": "nn.LSTM(3, 2)(ones(4, 3), (ones(1, 2, 2), ones(1, 2, 2)))",
    "flat state": "nn.GRU(3, 2)(ones(4, 2, 3), ones(2, 2))",
    "state of a batch": "nn.GRU(3, 2)(ones(4, 3), ones(1, 2, 2))",
    "flat": "nn.GRU(3, 2)(ones(4))",
    "flat lstm": "nn.LSTM(3, 2)(ones(4))",
    "deep": "nn.RNN(3, 2)(ones(4, 2, 3, 1))",
    "whole numbers": "nn.RNN(3, 2)(ones(4, 2, 3).long())",
    "double": "nn.LSTM(3, 2)(ones(4, 2, 3).double())",
    "double state": "nn.RNN(3, 2)(ones(4, 2, 3), ones(1, 2, 2).double())",
    "unknown curve": "nn.RNN(3, 2, nonlinearity='cube')",
    "half a number": "nn.RNN(3, 2.5)",
    "half an input": "nn.GRU(3.5, 2)",
    "nothing": "nn.RNN(3, 0)",
    "no input": "nn.LSTM(0, 2)",
    "no layers": "nn.LSTM(3, 2, 0)",
    "bias of another type": "nn.RNN(3, 2, 2, 'tanh', 1)",
    "batch_first of another type": "nn.GRU(3, 2, batch_first=1)",
    "large dropout": "nn.LSTM(3, 2, 2, dropout=2)",
    "dropout of another type": "nn.LSTM(3, 2, 2, dropout=True)",
    "large projection": "nn.LSTM(3, 2, proj_size=2)",
    "negative projection": "nn.LSTM(3, 2, proj_size=-1)",
    "unknown kind": "nn.RNNBase('SRU', 3, 2)",
    "cell: other size": "nn.RNNCell(3, 2)(ones(4, 2))",
    "cell: other state": "nn.RNNCell(3, 2)(ones(4, 3), ones(4, 3))",
    "cell: other batch": "nn.RNNCell(3, 2)(ones(4, 3), ones(3, 2))",
    "cell: deep state": "nn.RNNCell(3, 2)(ones(4, 3), ones(4, 2, 2))",
    "cell: deep": "nn.GRUCell(3, 2)(ones(4, 3, 2))",
    "cell: unknown curve": "nn.RNNCell(3, 2, nonlinearity='cube')(ones(4, 3))",
    "cell: no pair": "nn.LSTMCell(3, 2)(ones(4, 3), ones(4, 2))",
    "cell: other memory": "nn.LSTMCell(3, 2)(ones(4, 3), (ones(4, 2), ones(4, 3)))",
    "cell: deep memory": "nn.LSTMCell(3, 2)(ones(4, 3), (ones(4, 2), ones(4, 2, 2)))",
    "nothing to pad": "rnn.pad_sequence([])",
    "a number to pad": "rnn.pad_sequence(3)",
    "another side": "rnn.pad_sequence([ones(2)], padding_side='top')",
    "widths": "rnn.pad_sequence([ones(2, 3), ones(3, 2)])",
    "dimensions": "rnn.pad_sequence([ones(2), ones(3, 2)])",
    "not sorted": "rnn.pack_padded_sequence(ones(3, 2, 1), [2, 3])",
    "empty": "rnn.pack_padded_sequence(ones(3, 2, 1), [3, 0])",
    "too few lengths": "rnn.pack_padded_sequence(ones(3, 2, 1), [3])",
    "too short": "rnn.pad_packed_sequence(rnn.pack_sequence([ones(3)]), total_length=1)",
}


def _mistake(name: str, text: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        names = {"nn": torch.nn, "rnn": torch.nn.utils.rnn, "ones": torch.ones}
        try:
            eval(text, names)
        except Exception as error:
            return {"type": type(error).__name__, "message": str(error)}
        return {"type": "none", "message": ""}

    CASES[name] = run


for _name, _text in MISTAKES.items():
    _mistake(_name, _text)
