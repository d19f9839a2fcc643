import { defineConfig } from 'vite';

/** The script of the sandbox's worker, behind Pyodide's own in one Blob. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: 'build/sandbox',
    emptyOutDir: false,
    license: { fileName: 'worker-licenses.json' },
    target: 'es2022',
    lib: {
      entry: 'src/sandbox/worker.ts',
      formats: ['iife'],
      name: 'worker',
      fileName: () => 'worker.js',
    },
  },
});
