// Runs a measurement in Pyodide, in Node: node pyodide.mjs PYODIDE_FOLDER NUMPY_WHEEL REPOSITORY MODULE ARGUMENT...
import { pathToFileURL } from 'node:url';

const [folder, wheel, repository, name, ...options] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
const python = await loadPyodide({ indexURL: folder });
await python.loadPackage(wheel, { messageCallback: () => undefined });
python.FS.mkdirTree('/repository');
python.FS.mount(python.FS.filesystems.NODEFS, { root: repository }, '/repository');
python.globals.set('name', name);
python.globals.set('options', python.toPy(options));
python.runPython(`
import importlib
import sys
sys.path[:0] = ["/repository/pysrc", "/repository"]
importlib.import_module(name).main(options)
`);
