import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { blobId } from '../git/blobId';
import { ANSWERS_PATH, readAnswersOf } from '../repository/answersFile';
import { decideChange, type FileChange } from './decideChange';
import { mergeThreeWays } from './mergeThreeWays';

/**
 * Where the template's own version of a file goes if a user's edits are kept or
 * merged. It shows the template's change, and adds that version to the
 * repository's history, where the next update finds it.
 */
const GENERATED_FOLDER = '.cloudtrace/generated';

/** The outcome of an update, by path. */
export interface UpdateResult {
  written: string[];
  deleted: string[];
  merged: string[];
  /** The user and the template changed the same lines; the user's version stays. */
  conflicts: string[];
}

/**
 * Computes the change that updates a repository to a newer version of its
 * template, and writes only the changed files to a folder.
 *
 * @param current - clone of the repository, with history
 * @param rendered - the newer version, rendered with the same answers
 * @param change - folder for the changed files
 */
export async function mergeUpdate(
  current: string,
  rendered: string,
  change: string,
): Promise<UpdateResult> {
  const before = (await readAnswersOf(current)).files;
  const after = (await readAnswersOf(rendered)).files;
  await mkdir(change, { recursive: true });

  const result: UpdateResult = {
    written: [],
    deleted: [],
    merged: [],
    conflicts: [],
  };
  const paths = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const path of [...paths].sort()) {
    // Safe, although anyone with write access to the repository may have changed the record.
    resolveSafeChildPath(current, path);
    const decision = decideChange({
      generated: before[path],
      current: await blobIdOf(join(current, path)),
      next: after[path],
    });
    await apply(decision, path);
  }
  if (
    !(await sameContent(
      join(current, ANSWERS_PATH),
      join(rendered, ANSWERS_PATH),
    ))
  ) {
    await copy(join(rendered, ANSWERS_PATH), join(change, ANSWERS_PATH));
  }
  return result;

  async function apply(decision: FileChange, path: string): Promise<void> {
    switch (decision) {
      case 'write':
        await copy(join(rendered, path), join(change, path));
        result.written.push(path);
        break;
      case 'delete':
        result.deleted.push(path);
        break;
      case 'keep':
        await keepBoth(path);
        result.conflicts.push(path);
        break;
      case 'merge':
        await keepBoth(path);
        await merge(path);
        break;
      default:
    }
  }

  async function merge(path: string): Promise<void> {
    const merged = await mergeThreeWays({
      repository: current,
      current: join(current, path),
      generated: before[path],
      next: join(rendered, path),
    });
    if (merged === undefined) {
      result.conflicts.push(path);
      return;
    }
    await copy(join(current, path), join(change, path));
    await writeFile(join(change, path), merged);
    result.merged.push(path);
  }

  async function keepBoth(path: string): Promise<void> {
    if (after[path]) {
      const beside = posix.join(GENERATED_FOLDER, path);
      await copy(join(rendered, path), join(change, beside));
    }
  }
}

async function copy(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await cp(from, to);
}

async function blobIdOf(path: string): Promise<string | undefined> {
  return existsSync(path) ? blobId(await readFile(path)) : undefined;
}

async function sameContent(a: string, b: string): Promise<boolean> {
  return (await blobIdOf(a)) === (await blobIdOf(b));
}
