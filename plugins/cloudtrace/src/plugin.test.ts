import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cloudtracePlugin } from './plugin';

describe('the table of extensions in the README', () => {
  it('names every extension of the plugin and no others', () => {
    const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
    const named = [...readme.matchAll(/^\| `([a-z-]+:cloudtrace[^`]*)`/gm)].map(
      match => match[1],
    );
    // Not part of the public type: the list that the app reads.
    const { extensions } = cloudtracePlugin as unknown as {
      extensions: Array<{ id: string }>;
    };
    expect(named.sort()).toEqual(extensions.map(item => item.id).sort());
  });
});
