import { defineConfig } from 'vite';

/** The script inside the sandbox's frame; the builder puts it into the frame's document. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: 'build/sandbox',
    emptyOutDir: false,
    license: { fileName: 'frame-licenses.json' },
    target: 'es2022',
    lib: {
      entry: 'src/sandbox/frame.ts',
      formats: ['iife'],
      name: 'frame',
      fileName: () => 'frame.js',
    },
  },
});
