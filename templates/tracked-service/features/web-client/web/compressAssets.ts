import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin, ResolvedConfig } from 'vite';

const compressible = /\.(?:js|css|html|svg)$/;

/** Compresses the client once, at build time, as well as possible; the service then only sends files. */
export function compressAssets(): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'compress-assets',
    apply: 'build',
    configResolved: resolved => {
      config = resolved;
    },
    closeBundle: () => {
      const directory = join(config.root, config.build.outDir);
      const files = readdirSync(directory, { recursive: true }) as string[];
      for (const file of files.filter(name => compressible.test(name))) {
        compress(join(directory, file));
      }
    },
  };
}

function compress(path: string): void {
  const content = readFileSync(path);
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
  writeFileSync(
    `${path}.br`,
    brotliCompressSync(content, {
      params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
    }),
  );
}
