// Loads the files that the site ships, and calls `main` of a module of the tests: JSON in, JSON out.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const work = JSON.parse(readFileSync(0, 'utf8'));
const { loadPyodide } = createRequire(import.meta.url)(`${work.folder}/pyodide.js`);
const python = await loadPyodide({ indexURL: work.folder });
await python.loadPackage(work.packages, { messageCallback: () => undefined });
const session = readFileSync(`${work.folder}/session.zip`);
python.unpackArchive(new Uint8Array(session), 'zip', {
  extractDir: '/lib/python3.13/site-packages',
});
python.FS.mkdirTree('/repository/tests');
python.FS.mount(python.FS.filesystems.NODEFS, { root: work.tests }, '/repository/tests');
// Behind the packages, so that they are what is imported.
python.runPython('import sys; sys.dont_write_bytecode = True; sys.path.append("/repository")');
const main = python.pyimport(work.module).main;
writeFileSync(work.result, await main(work.argument));
