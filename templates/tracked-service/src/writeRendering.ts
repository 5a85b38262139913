import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Rendering } from './Scaffolder';

/** Writes a rendered repository to a folder that does not exist yet. */
export function writeRendering(rendering: Rendering, directory: string): void {
  if (existsSync(directory)) {
    throw new Error(`${directory} already exists`);
  }
  for (const [path, file] of rendering) {
    const target = join(directory, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, file.content, {
      mode: file.executable ? 0o755 : 0o644,
    });
  }
}
