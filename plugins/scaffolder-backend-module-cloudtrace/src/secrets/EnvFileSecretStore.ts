import { existsSync } from 'node:fs';
import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import type { LocalRepository } from '../git/LocalRepository';
import type { SecretStore } from './SecretStore';

const FILE_NAME = '.env';
const OWNER_ONLY = 0o600;

/**
 * Stores secrets in the `.env` file of a local repository, readable by its
 * owner only. Rejects a repository that would commit the file.
 */
export class EnvFileSecretStore implements SecretStore {
  readonly title: string;
  readonly #repository: LocalRepository;
  readonly #path: string;

  constructor(repository: LocalRepository) {
    this.#repository = repository;
    this.#path = join(repository.directory, FILE_NAME);
    this.title = this.#path;
  }

  async has(name: string): Promise<boolean> {
    return (await this.#readLines()).some(line => line.startsWith(`${name}=`));
  }

  async put(name: string, value: string): Promise<void> {
    await this.#assertIgnored();
    const others = (await this.#readLines()).filter(
      line => !line.startsWith(`${name}=`),
    );
    const content = [...others, `${name}=${value}`, ''].join('\n');
    // Written to a temporary file and moved, so that a process never reads half of it.
    const staging = `${this.#path}.partial`;
    await writeFile(staging, content, { mode: OWNER_ONLY });
    await chmod(staging, OWNER_ONLY);
    await rename(staging, this.#path);
  }

  async #readLines(): Promise<string[]> {
    if (!existsSync(this.#path)) {
      return [];
    }
    const text = await readFile(this.#path, 'utf8');
    return text.split('\n').filter(line => line !== '');
  }

  async #assertIgnored(): Promise<void> {
    try {
      await this.#repository.git(['check-ignore', '--quiet', FILE_NAME]);
    } catch {
      throw new InputError(
        `${
          this.#path
        } is not ignored by Git, so a token in it could be committed: add ${FILE_NAME} to .gitignore`,
      );
    }
  }
}
