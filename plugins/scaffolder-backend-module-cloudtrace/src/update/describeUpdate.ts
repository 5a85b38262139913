import type { UpdateResult } from './mergeUpdate';

/** The description of the change, as Markdown for a pull request or a commit message. */
export function describeUpdate(
  result: UpdateResult,
  versions: { from: string; to: string },
): string {
  const sections: Array<[string, string[], string]> = [
    [
      'To be merged by hand',
      result.conflicts,
      'The template and somebody else changed these. They are as they were; what the template wants is beside them in `.cloudtrace/generated/`, which may be deleted afterwards.',
    ],
    [
      'Merged',
      result.merged,
      'Both sides changed these, at different lines. Worth a look.',
    ],
    ['Updated', result.written, 'Nobody had changed these.'],
    ['Deleted', result.deleted, 'The template no longer has these.'],
  ];
  const parts = sections
    .filter(([, paths]) => paths.length > 0)
    .map(
      ([title, paths, note]) =>
        `## ${title}\n\n${note}\n\n${paths.map(p => `- \`${p}\``).join('\n')}`,
    );
  return [
    `Brings the repository from version ${versions.from} of its template to ${versions.to}.`,
    ...parts,
  ].join('\n\n');
}
