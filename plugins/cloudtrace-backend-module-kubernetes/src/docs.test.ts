import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

const root = resolvePackagePath(
  '@cloudtrace/plugin-cloudtrace-backend-module-kubernetes',
);
const guide = readFileSync(resolve(root, '../../docs/kubernetes.md'), 'utf8');
const folder = resolve(root, '../cloudtrace-common/src/judgement');
/** The texts of all messages, with `…` for their values. */
const texts = readdirSync(folder)
  .filter(name => name.endsWith('Messages.ts'))
  .map(name => readFileSync(resolve(folder, name), 'utf8'))
  .join('\n')
  .replace(/'?\{\{\w+\}\}'?/g, '…')
  .replace(/HTTP \d+/g, 'HTTP …');

describe('docs/kubernetes.md', () => {
  const [, table] = guide.split('| Diagnostics says');
  const quotes = [...table.matchAll(/^\| ([^|-][^|]*?) +\|/gm)].map(
    ([, quote]) => quote,
  );

  it('explains many messages', () => {
    expect(quotes.length).toBeGreaterThan(20);
  });

  it.each(quotes)('quotes what Diagnostics says: %s', quote => {
    expect(texts).toContain(quote.replace(/HTTP \d+/, 'HTTP …'));
  });
});
