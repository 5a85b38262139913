import { createHash } from 'node:crypto';
import type { Rendering } from '../Scaffolder';
import { checkFileList } from './checkFileList';
import { checkLeftovers } from './checkLeftovers';
import { checkOptionalParts } from './checkOptionalParts';
import { checkReferences } from './checkReferences';
import { parseFile } from './parseFile';

/** A file of a rendering, as the checks see it. */
export interface CheckedFile {
  path: string;
  content: Buffer;
  text: string;
  executable: boolean;
}

/** Problems by path and content: most files are the same in every combination, and are checked once. */
const known = new Map<string, string[]>();

/** Finds every problem of a rendered repository that is visible without running anything. */
export function checkRendering(
  rendering: Rendering,
  answers: Record<string, unknown>,
): string[] {
  const files = [...rendering].map(
    ([path, { content, executable }]): CheckedFile => ({
      path,
      content,
      executable,
      text: content.toString('utf8'),
    }),
  );
  return [
    ...checkFileList(files, answers),
    ...files.flatMap(checkFile),
    ...checkOptionalParts(files, answers),
    ...checkReferences(files),
  ];
}

function checkFile(file: CheckedFile): string[] {
  const key = createHash('sha1')
    .update(`${file.path}\0`)
    .update(file.content)
    .digest('base64');
  let problems = known.get(key);
  if (!problems) {
    problems = [...checkLeftovers(file), ...parseFile(file)];
    known.set(key, problems);
  }
  return problems;
}
