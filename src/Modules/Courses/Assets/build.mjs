// Makes wwwroot/dist: the scripts that stand in front of each page of a SCORM package, one for each edition.
import { rmSync } from 'node:fs';
import * as esbuild from 'esbuild';

process.chdir(import.meta.dirname);
const out = '../wwwroot/dist';

rmSync(out, { recursive: true, force: true });
await esbuild.build({
  entryPoints: ['scorm12', 'scorm2004'].map((name) => `src/${name}.js`),
  entryNames: '[name]', bundle: true, minify: true, format: 'iife', target: 'es2020', legalComments: 'none', outdir: out,
});
