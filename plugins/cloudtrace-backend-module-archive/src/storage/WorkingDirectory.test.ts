import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { WorkingDirectory } from './WorkingDirectory';

describe('WorkingDirectory', () => {
  let parent: string;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'cloudtrace-work-test-'));
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  it('is made once, and removed with what is in it', async () => {
    const directory = new WorkingDirectory(join(parent, 'new'));
    const path = await directory.path();
    expect(await directory.path()).toBe(path);
    mkdirSync(join(path, 'something'));
    await directory.remove();
    expect(readdirSync(join(parent, 'new'))).toEqual([]);
  });

  it('removes what ended processes of this machine left, and nothing else', async () => {
    const ended = spawnSync(process.execPath, ['-e', '']).pid;
    const name = (host: string, pid: number) =>
      `cloudtrace-archive-${host}-${pid}-abc`;
    const left = [name(hostname(), ended), name(hostname(), process.pid)];
    const kept = [
      name(hostname(), process.ppid),
      name('another-host', ended),
      'other-folder',
    ];
    [...left, ...kept].forEach(each => mkdirSync(join(parent, each)));
    const first = new WorkingDirectory(parent);
    const second = new WorkingDirectory(parent);
    const paths = [await first.path(), await second.path()];
    expect(paths.map(path => existsSync(path))).toEqual([true, true]);
    await first.remove();
    await second.remove();
    expect(readdirSync(parent).sort()).toEqual([...kept].sort());
  });
});
