import { defineConfig } from 'vite';

/** The page. The builder reads the manifest and writes the HTML. */
export default defineConfig({
  base: './',
  // The builder publishes the favicon, under a name with its hash.
  publicDir: false,
  build: {
    outDir: 'build',
    emptyOutDir: true,
    manifest: true,
    // The builder makes the page of licences of it, with those of the two scripts of the sandbox.
    license: { fileName: '.vite/licenses.json' },
    target: 'es2022',
    // The first of each with what the page needs, which is years before `light-dark()`.
    cssTarget: ['chrome94', 'firefox93', 'safari15.4'],
    modulePreload: { polyfill: false },
    rolldownOptions: { input: 'src/main.ts' },
  },
});
