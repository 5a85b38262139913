import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replaceLink } from './replaceLink';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cloudtrace-link-'));
  for (const name of ['old', 'new']) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'name'), name);
  }
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it.each<[string, (link: string) => void]>([
  ['nothing', () => {}],
  ['a link', link => replaceLink(link, join(folder, 'old'))],
  ['a link to nothing', link => replaceLink(link, join(folder, 'missing'))],
  ['a folder', link => mkdirSync(join(link, 'content'), { recursive: true })],
])('replaces %s, and leaves nothing else behind', (_name, prepare) => {
  const link = join(folder, 'link');
  prepare(link);
  replaceLink(link, join(folder, 'new'));
  expect(readFileSync(join(link, 'name'), 'utf8')).toBe('new');
  expect(readFileSync(join(folder, 'old/name'), 'utf8')).toBe('old');
  expect(readdirSync(folder).sort()).toEqual(['link', 'new', 'old']);
});
