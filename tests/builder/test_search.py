"""What the page searches: every section, with its text, its code and its address."""

from __future__ import annotations

import json

from tests.builder.conftest import Checkout, lesson
from tests.builder.test_site import EXAMPLE, write_example

BODY = """\
Above, with a <span class="blame">coloured</span> word.

## A `b` {#first}

- one
- two

```python {#cell title="Cell"}
x = 1
```

## Second

Last.
"""


def test_every_section_can_be_found(checkout: Checkout) -> None:
    checkout.index.write_text(lesson(BODY))
    write_example(checkout, "a_picture", EXAMPLE)
    checkout.build()
    (path,) = checkout.dist.glob("assets/search-*.json")
    above, first, second, example = json.loads(path.read_text(encoding="utf-8"))
    assert above == {
        "url": "",
        "title": "A lesson",
        "heading": "",
        "text": "A sentence. Above, with a coloured word.",
        "code": "",
    }
    assert (first["url"], first["heading"]) == ("#first", "A b")
    assert (first["text"], first["code"]) == ("one two", "x = 1\n")
    assert (second["url"], second["text"]) == ("#second", "Last.")
    assert (example["url"], example["title"]) == ("examples/a-picture/", "A picture")
    assert example["text"] == "What it shows. drawing"
    assert example["code"].startswith("from backprop import")
