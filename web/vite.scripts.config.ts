import { defineConfig } from 'vite';

/** The scripts that stand alone, one at a time, by `--mode`. */
const ENTRIES: Record<string, string> = {
  // The builder puts it into the document of the sandbox's frame.
  frame: 'src/sandbox/frame.ts',
  // Stands behind Pyodide's own in one Blob.
  worker: 'src/sandbox/worker.ts',
  // The builder puts before it what it is to keep.
  'service-worker': 'src/offline/service-worker.ts',
  // Run under Node by the builder.
  'make-snapshot': 'src/snapshot/make.ts',
};

export default defineConfig(({ mode }) => ({
  publicDir: false,
  build: {
    outDir: 'build/scripts',
    emptyOutDir: false,
    license: { fileName: `${mode}-licenses.json` },
    target: 'es2022',
    lib: {
      entry: ENTRIES[mode] ?? mode,
      formats: [mode === 'make-snapshot' ? 'es' : 'iife'],
      name: mode.replace('-', '_'),
      fileName: (format) => `${mode}.${format === 'es' ? 'mjs' : 'js'}`,
    },
    rolldownOptions: { external: /^node:/ },
  },
}));
