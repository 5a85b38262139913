#!/usr/bin/env node
// @ts-check
/*
 * Bundles the function to dist/index.js, which a CloudFormation template contains as text, and packs the same file into
 * dist/healing.zip, which Terraform uploads. Both are the same bytes for the same sources.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { zipSync } from 'fflate';

await build({
  entryPoints: ['src/index.ts'],
  outfile: 'dist/index.js',
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node22',
  // CommonJS, because Lambda names the file of an inline function index.js.
  format: 'cjs',
  // Lambda's runtime includes the SDK; with it, the bundle would not fit into a template.
  external: ['@aws-sdk/*'],
});
writeFileSync(
  'dist/healing.zip',
  zipSync(
    { 'index.js': readFileSync('dist/index.js') },
    // A fixed date: the archive must not change with the time of the build.
    { mtime: new Date('2020-01-01T00:00:00Z') },
  ),
);
