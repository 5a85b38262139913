import { execFileSync } from 'node:child_process';

/** Runs git in a folder; returns its output. */
export function git(directory: string, ...args: string[]): string {
  return execFileSync('git', ['-C', directory, ...args], { encoding: 'utf8' });
}

/** Commits everything that changed. */
export function commit(directory: string, message: string): void {
  git(directory, 'add', '--all');
  git(
    directory,
    '-c',
    'user.name=Ada',
    '-c',
    'user.email=ada@example.com',
    'commit',
    '--quiet',
    '-m',
    message,
  );
}
