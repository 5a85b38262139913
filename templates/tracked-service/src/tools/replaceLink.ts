import { lstatSync, renameSync, rmSync, symlinkSync } from 'node:fs';

/** Creates a symbolic link or replaces what is in its place; another process may do the same at the same time. */
export function replaceLink(link: string, target: string): void {
  const draft = `${link}.${process.pid}`;
  rmSync(draft, { force: true });
  symlinkSync(target, draft);
  if (lstatSync(link, { throwIfNoEntry: false })?.isDirectory()) {
    rmSync(link, { recursive: true });
  }
  renameSync(draft, link);
}
