import { defineConfig } from 'vite';

/**
 * The two scripts of the sandbox, one at a time, by `--mode`: `frame`, which the builder puts into the
 * frame's document, and `worker`, which stands behind Pyodide's own in one Blob.
 */
export default defineConfig(({ mode }) => ({
  publicDir: false,
  build: {
    outDir: 'build/sandbox',
    emptyOutDir: false,
    license: { fileName: `${mode}-licenses.json` },
    target: 'es2022',
    lib: {
      entry: `src/sandbox/${mode}.ts`,
      formats: ['iife'],
      name: mode,
      fileName: () => `${mode}.js`,
    },
  },
}));
