import type { Rendering } from '../Scaffolder';
import { checkFileList } from './checkFileList';
import { checkLeftovers } from './checkLeftovers';
import { checkReferences } from './checkReferences';
import { parseFile } from './parseFile';

/** A file of a rendering, as the checks look at it. */
export interface CheckedFile {
  path: string;
  content: Buffer;
  text: string;
  executable: boolean;
}

/** Everything that is wrong with a rendered repository and can be seen without running anything. */
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
    ...files.flatMap(checkLeftovers),
    ...files.flatMap(parseFile),
    ...checkReferences(files),
  ];
}
