import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Compressed size of the page and of everything that it loads at once.
 *
 * @param {string} root folder of the repository
 */
export function firstViewBytes(root) {
  const directory = join(root, 'dist/web');
  const page = readFileSync(join(directory, 'index.html'), 'utf8');
  const files = [...page.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map(
    match => match[1],
  );
  return ['index.html', ...files]
    .map(file => readFileSync(join(directory, `${file}.gz`)).length)
    .reduce((sum, size) => sum + size, 0);
}
