import { expect, test } from 'vitest';
import { mend } from './paste';

test.each([
  ['an interpreter', '>>> x = 1\n>>> x + 1\n2\n', 'x = 1\nx + 1\n'],
  ['an interpreter, indented', '    >>> x = 1\n    >>> print(x)\n    1\n', 'x = 1\nprint(x)\n'],
  [
    'a block at a prompt',
    '>>> for i in range(2):\n...     print(i)\n...\n0\n1\n>>> i\n1',
    'for i in range(2):\n    print(i)\n\ni\n',
  ],
  [
    'IPython',
    'In [1]: import torch\n\nIn [2]: for i in range(2):\n   ...:     print(i)\n   ...: \n0\n1\n\nIn [3]: i\nOut[3]: 1\n',
    'import torch\nfor i in range(2):\n    print(i)\n\ni\n',
  ],
  ['a notebook', 'In [1]: x = 1\nIn [2]: x\nOut[2]: 1\n', 'x = 1\nx\n'],
  ['a fence', '```python\nx = 1\n```\n', 'x = 1\n'],
  ['a fence among words', 'Try this code:\n\n```py\nx = 1\n```\n\nIt works well.\n', 'x = 1\n'],
  ['two fences', '```\nx = 1\n```\nand then:\n```\ny = 2\n```', 'x = 1\n\ny = 2\n'],
  ['a fence that is cut off', '```python\nx = 1\ny = 2', 'x = 1\ny = 2\n'],
  ['prompts in a fence', '```\n>>> x = 1\n```', 'x = 1\n'],
  ['an answer, indented', '    x = 1\n    if x:\n        y = 2\n', 'x = 1\nif x:\n    y = 2\n'],
  ['a web page', 'x\u00a0=\u00a01\nif x:\n\u00a0\u00a0\u00a0 y = 2\n', 'x = 1\nif x:\n    y = 2\n'],
  ['a chat without widths', 'x\u200b = 1\ufeff\n', 'x = 1\n'],
  ['a word processor', 'print(\u201cIt\u2019s\u201d, \u2018a\u2019)\n', "print(\"It's\", 'a')\n"],
])('code from %s is put right', (_, pasted, right) => {
  expect(mend(pasted)?.text).toBe(right);
});

test.each([
  ['plain code', 'x = 1\nif x:\n    y = 2\n'],
  ['a doctest', 'def f():\n    """\n    >>> f()\n    1\n    """\n    return 1\n'],
  ['Markdown in a string', 'text = """\n```python\nx\n```\n"""\n'],
  ['curly quotes in a string', 'print("\u201cquoted\u201d")  # don\u2019t\n'],
  ['a space of its own in a string', 'print("10\u00a0kg")\n'],
  ['a slice of everything', 'x[...]\n'],
  ['an unfinished line', 'print(\n'],
  ['words', 'This is no code at all.\n'],
  ['nothing', ''],
])('%s is left as it is', (_, pasted) => {
  expect(mend(pasted)).toBeNull();
});

test('what was done is told', () => {
  expect(mend('```\n>>> x\u00a0= 1\n```')?.done).toEqual([
    'the fence around it',
    'prompts and what was printed between them',
    'spaces that Python does not know',
  ]);
});
