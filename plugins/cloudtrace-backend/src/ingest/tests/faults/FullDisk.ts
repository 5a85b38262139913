import { execFileSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MIB = 1024 * 1024;

/**
 * A small in-memory disk that a test can fill completely and free again.
 * Mounting needs root with the right to mount.
 */
export class FullDisk {
  private constructor(
    /** Mount point. */
    readonly folder: string,
  ) {}

  /** Mounts a disk; returns `undefined` and prints a message if that is not permitted. */
  static mount(sizeMiB: number): FullDisk | undefined {
    const folder = mkdtempSync(join(tmpdir(), 'cloudtrace-disk-'));
    const options = `size=${sizeMiB}m,mode=0755`;
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], {
        stdio: 'pipe',
      });
    } catch (error) {
      rmSync(folder, { recursive: true });
      process.stderr.write(
        `\nNOT RUN: a disk that is full, for none can be mounted here ` +
          `(takes root with CAP_SYS_ADMIN): ${(error as Error).message}\n`,
      );
      return undefined;
    }
    const disk = new FullDisk(folder);
    process.once('exit', () => disk.unmount());
    return disk;
  }

  get #ballast(): string {
    return join(this.folder, 'ballast');
  }

  /** Uses up all remaining space. */
  fill(): void {
    const file = openSync(this.#ballast, 'a');
    try {
      for (let size = MIB; size >= 512; ) {
        try {
          writeSync(file, Buffer.alloc(size));
        } catch (error) {
          if ((error as { code?: string }).code !== 'ENOSPC') throw error;
          size /= 2;
        }
      }
    } finally {
      closeSync(file);
    }
  }

  /** Frees the space. */
  makeRoom(): void {
    rmSync(this.#ballast, { force: true });
  }

  unmount(): void {
    if (existsSync(this.folder)) {
      execFileSync('umount', ['-l', this.folder]);
      rmSync(this.folder, { recursive: true });
    }
  }
}
