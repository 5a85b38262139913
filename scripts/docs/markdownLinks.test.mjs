import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { rootDir } from '../lib/paths.mjs';
import { findDeadLinks } from './findDeadLinks.mjs';

/** What the template copies links to files of the generated repository. */
const COPIED =
  /^templates\/tracked-service\/(ci|compute|core|features|infra|starters)\//;

function committedPages() {
  return execFileSync('git', ['ls-files', '-z', '*.md'], { cwd: rootDir })
    .toString()
    .split('\0')
    .filter(file => file && !COPIED.test(file));
}

test('every relative link of a committed page leads to a file and a heading', () => {
  const pages = committedPages();
  assert.ok(pages.includes('README.md'));
  const dead = pages.flatMap(file =>
    findDeadLinks(join(rootDir, file)).map(
      ({ target, line, reason }) => `${file}:${line}: ${target}: ${reason}`,
    ),
  );
  assert.deepEqual(dead, []);
});

test('finds missing files and headings, but not in code', t => {
  const folder = mkdtempSync(join(tmpdir(), 'links-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(
    join(folder, 'other.md'),
    '# One & two\n\n## Same\n\n## Same\n\n```\n# Not a heading\n```\n',
  );
  const page = join(folder, 'page.md');
  writeFileSync(
    page,
    [
      '[a](other.md) [b](other.md#one--two) [c](other.md#same-1) [d](#here)',
      '`[code](gone-1.md)`',
      '```',
      '[fenced](gone-2.md)',
      '```',
      '## Here',
      '[e](gone.md) [f](other.md#not-a-heading) [g](#there)',
      '[h](https://example.com/gone.md) [i](mailto:a@example.com)',
      '[reference]: gone-3.md',
      '[j](https://github.com/cloudtrace/cloudtrace/blob/main/README.md)',
      '[k](https://github.com/cloudtrace/cloudtrace/blob/main/gone-4.md)',
      '[l](https://github.com/cloudtrace/cloudtrace/issues)',
    ].join('\n'),
  );
  assert.deepEqual(
    findDeadLinks(page).map(({ target, line, reason }) => [
      target,
      line,
      reason,
    ]),
    [
      ['gone.md', 7, 'no such file'],
      ['other.md#not-a-heading', 7, 'no such heading'],
      ['#there', 7, 'no such heading'],
      [
        'https://github.com/cloudtrace/cloudtrace/blob/main/gone-4.md',
        11,
        'no such file',
      ],
      ['gone-3.md', 9, 'no such file'],
    ],
  );
});
