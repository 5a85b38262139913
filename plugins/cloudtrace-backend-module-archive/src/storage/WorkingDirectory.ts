import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = `cloudtrace-archive-${hostname()}-`;

/** Directories of this process. */
const own = new Set<string>();

/**
 * A directory for temporary files, made when it is first needed. What a killed
 * process on this machine left is removed then.
 */
export class WorkingDirectory {
  readonly #parent: string;
  #path: Promise<string> | undefined;

  constructor(parent: string = tmpdir()) {
    this.#parent = parent;
  }

  readonly path = (): Promise<string> => {
    this.#path ??= this.#open().catch(error => {
      this.#path = undefined;
      throw error;
    });
    return this.#path;
  };

  async remove(): Promise<void> {
    const path = await this.#path?.catch(() => undefined);
    this.#path = undefined;
    if (path === undefined) return;
    await rm(path, { recursive: true, force: true });
    own.delete(path);
  }

  async #open(): Promise<string> {
    await mkdir(this.#parent, { recursive: true });
    for (const name of await readdir(this.#parent)) {
      const path = join(this.#parent, name);
      if (name.startsWith(PREFIX) && isLeft(path, name)) {
        await rm(path, { recursive: true, force: true });
      }
    }
    const path = await mkdtemp(join(this.#parent, `${PREFIX}${process.pid}-`));
    own.add(path);
    return path;
  }
}

/** Whether the process that made a directory is gone. */
function isLeft(path: string, name: string): boolean {
  const pid = parseInt(name.slice(PREFIX.length), 10);
  // A container gives its new process the number of the old one.
  if (pid === process.pid) return !own.has(path);
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
