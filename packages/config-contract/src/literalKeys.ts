import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const configFile = /(^|[\\/])(config|config[\\/].*|read\w*Config)\.ts$/;
const reader =
  /(?:\.(?:has|get\w*)|\bread\w+|\bduration|\bcount)\(\s*(?:\w+,\s*)?'([\w.-]+)'/g;

/**
 * Keys that appear literally in the files of `folder` that read app-config.
 *
 * They reveal code that no sample reaches.
 */
export function literalKeys(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => configFile.test(file) && !file.includes('.test.'))
    .flatMap(file => [
      ...readFileSync(join(folder, file), 'utf8').matchAll(reader),
    ])
    .map(match => match[1]);
}
