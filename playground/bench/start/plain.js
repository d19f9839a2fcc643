// What every start is compared with: Pyodide and NumPy, step by step, in a worker, and a step of training.
importScripts('pyodide.js');

const PROGRAM = `
import numpy as np
rng = np.random.default_rng(0)
w1, w2 = rng.normal(size=(2, 3)), rng.normal(size=(3, 1))
hidden = np.maximum(np.array([[1.0, 2.0]]) @ w1, 0.0)
print("Loss:", float(((hidden @ w2 - 3.0) ** 2).sum()))
`;

(async () => {
  const pyodide = await loadPyodide();
  await pyodide.loadPackage('numpy', { messageCallback: () => undefined });
  let printed = '';
  pyodide.setStdout({ batched: (text) => (printed += text) });
  pyodide.runPython(PROGRAM);
  postMessage(printed);
})();
