import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { ConflictError, InputError } from '@backstage/errors';
import { runGit } from './runGit';

const DEFAULT_BRANCH = 'main';

/**
 * A git repository with a work tree in the portal's folder of local repositories.
 */
export class LocalRepository {
  readonly directory: string;

  /**
   * @param folder - the folder that contains all local repositories
   * @param name - one plain folder name
   */
  constructor(folder: string, name: string) {
    if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) {
      throw new InputError(
        `"${name}" cannot be the name of a local repository: only lower-case letters, digits and hyphens`,
      );
    }
    this.directory = resolveSafeChildPath(folder, name);
  }

  get exists(): boolean {
    return existsSync(join(this.directory, '.git'));
  }

  /**
   * Creates the repository with one commit of everything in `source`.
   *
   * It is created next to its final place and moved there last, so that no
   * partial repository is ever visible. A second call with the same content
   * changes nothing.
   *
   * @returns id of the first commit
   * @throws ConflictError if a repository of the same name began with other
   * content
   */
  async create(
    source: string,
    commit: { message: string; author: Record<string, string> },
  ): Promise<string> {
    const staging = `${this.directory}.${randomUUID()}.partial`;
    try {
      await mkdir(staging, { recursive: true });
      await cp(source, staging, { recursive: true });
      await rm(join(staging, '.git'), { recursive: true, force: true });
      await runGit(staging, ['init', '--quiet', '-b', DEFAULT_BRANCH]);
      // A developer's clone may push to the branch that is checked out here;
      // the work tree is updated.
      await runGit(staging, [
        'config',
        'receive.denyCurrentBranch',
        'updateInstead',
      ]);
      await runGit(staging, ['add', '--all']);
      await runGit(
        staging,
        ['commit', '--quiet', '-m', commit.message],
        commit.author,
      );
      if (this.exists) {
        await this.#assertBeganWith(await treeOf(staging, 'HEAD'));
      } else {
        await rename(staging, this.directory);
      }
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
    return this.#firstCommit();
  }

  /** Runs git in the repository. */
  git(args: readonly string[], env?: Record<string, string>): Promise<string> {
    return runGit(this.directory, args, env);
  }

  async #assertBeganWith(tree: string): Promise<void> {
    if ((await treeOf(this.directory, await this.#firstCommit())) !== tree) {
      throw new ConflictError(
        `Repository ${this.directory} already exists with other content: choose another name, or move that folder`,
      );
    }
  }

  async #firstCommit(): Promise<string> {
    const commits = await this.git(['rev-list', '--max-parents=0', 'HEAD']);
    return commits.trim().split('\n')[0];
  }
}

async function treeOf(directory: string, commit: string): Promise<string> {
  return (
    await runGit(directory, ['rev-parse', '--verify', `${commit}^{tree}`])
  ).trim();
}
