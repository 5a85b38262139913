import { copyFile, lchown, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Excluded from a base backup, as the PostgreSQL manual says ("Backing Up the Data Directory"). */
const skippedContent = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]);
const skippedFiles = new Set([
  'postmaster.pid',
  'postmaster.opts',
  'standby.signal',
  'pg_internal.init',
]);

/**
 * Copies a data directory while its server is running, between
 * `pg_backup_start` and `pg_backup_stop`. Files that vanish during the copy are
 * not an error: recovery replays what removed them.
 */
export async function copyDataDirectory(options: {
  from: string;
  to: string;
  owner?: { uid: number; gid: number };
}): Promise<void> {
  const { from, to, owner } = options;
  await rm(to, { recursive: true, force: true });
  const own = async (path: string) => {
    if (owner) await lchown(path, owner.uid, owner.gid);
  };
  const copy = async (source: string, target: string, skipContent: boolean) => {
    await mkdir(target, { recursive: true, mode: 0o700 });
    await own(target);
    for (const entry of await readdir(source, { withFileTypes: true })) {
      const [fromPath, toPath] = [
        join(source, entry.name),
        join(target, entry.name),
      ];
      if (entry.isDirectory()) {
        const skip = skipContent || skippedContent.has(entry.name);
        // Directories below pg_wal must exist; replication delivers their files.
        if (!(skip && entry.name === 'pgsql_tmp')) {
          await copy(fromPath, toPath, skip);
        }
      } else if (
        entry.isFile() &&
        !skipContent &&
        !skippedFiles.has(entry.name)
      ) {
        try {
          await copyFile(fromPath, toPath);
          await own(toPath);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        }
      }
    }
  };
  await copy(from, to, false);
}
