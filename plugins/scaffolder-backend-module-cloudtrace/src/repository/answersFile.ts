import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, posix, relative, sep } from 'node:path';
import { InputError } from '@backstage/errors';
import { blobId } from '../git/blobId';
import type { OptionValues } from '@cloudtrace/plugin-scaffolder-cloudtrace-common';

/** Path of the record in a generated repository. */
export const ANSWERS_PATH = posix.join('.cloudtrace', 'answers.json');

/**
 * What a generated repository records about its creation. No times and no ids:
 * the same answers produce the same bytes.
 */
export interface AnswersFile {
  template: string;
  version: string;
  answers: OptionValues;
  /** Git blob id by path, of every file as it was generated. */
  files: Record<string, string>;
}

/** Git blob ids of all files below a folder, except the record itself and git's own; keys are sorted POSIX paths. */
export async function hashFiles(root: string): Promise<Record<string, string>> {
  const paths = (await listFiles(root)).filter(path => path !== ANSWERS_PATH);
  const hashed = await Promise.all(
    paths.map(
      async path => [path, blobId(await readFile(join(root, path)))] as const,
    ),
  );
  return Object.fromEntries(hashed);
}

/** All files below a folder as sorted POSIX paths, without git's own. */
export async function listFiles(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter(entry => entry.isFile())
    .map(entry => relative(root, join(entry.parentPath, entry.name)))
    .map(path => path.split(sep).join(posix.sep))
    .filter(path => !path.startsWith('.git/'))
    .sort();
}

/**
 * Reads the record of a checked-out repository.
 *
 * @throws InputError if it is missing or invalid
 */
export async function readAnswersOf(directory: string): Promise<AnswersFile> {
  const path = join(directory, ANSWERS_PATH);
  if (!existsSync(path)) {
    throw new InputError(
      `The repository has no ${ANSWERS_PATH}: it was not created by a template that can update it`,
    );
  }
  let content: AnswersFile;
  try {
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new InputError(`${ANSWERS_PATH} is not valid JSON`, error);
  }
  if (
    typeof content?.template !== 'string' ||
    typeof content.version !== 'string' ||
    typeof content.answers !== 'object' ||
    typeof content.files !== 'object'
  ) {
    throw new InputError(
      `${ANSWERS_PATH} lacks template, version, answers or files`,
    );
  }
  return content;
}
