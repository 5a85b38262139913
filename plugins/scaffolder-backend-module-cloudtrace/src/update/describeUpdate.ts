import type { UpdateResult } from './mergeUpdate';

/**
 * Versions of the template: the one that created the repository, and the one it
 * is compared with.
 */
export interface UpdateVersions {
  from: string;
  to: string;
}

/** Whether there is anything to commit: a file, or the version in the record. */
export function isChange(
  result: UpdateResult,
  versions: UpdateVersions,
): boolean {
  return (
    Object.values(result).some(paths => paths.length > 0) ||
    versions.from !== versions.to
  );
}

/** One line for a commit or a pull request. */
export function titleUpdate({ from, to }: UpdateVersions): string {
  return from === to
    ? `Apply what version ${to} of the template now generates`
    : `Update to version ${to} of the template`;
}

/**
 * The description of the change, as Markdown for a pull request or a commit
 * message; or that nothing changed.
 */
export function describeUpdate(
  result: UpdateResult,
  versions: UpdateVersions,
): string {
  const sections: Array<[string, string[], string]> = [
    [
      'To merge manually',
      result.conflicts,
      'Both the template and someone else changed these files. They are unchanged; the versions of the template are in `.cloudtrace/generated/`, which you can delete afterwards.',
    ],
    [
      'Merged',
      result.merged,
      'Both sides changed these files, in different lines. Review them.',
    ],
    ['Updated', result.written, 'No one had edited these files.'],
    ['Deleted', result.deleted, 'The template no longer contains these files.'],
  ];
  const parts = sections
    .filter(([, paths]) => paths.length > 0)
    .map(
      ([title, paths, note]) =>
        `## ${title}\n\n${note}\n\n${paths.map(p => `- \`${p}\``).join('\n')}`,
    );
  return [introduce(result, versions), ...parts].join('\n\n');
}

function introduce(result: UpdateResult, versions: UpdateVersions): string {
  const { from, to } = versions;
  if (!isChange(result, versions)) {
    return `Nothing to do: apart from manual edits, the repository matches what version ${to} of its template generates from its answers. No branch was created.`;
  }
  if (from === to) {
    return `The repository is already at version ${to} of its template, but that version now generates something else: the answers in \`.cloudtrace/answers.json\` were changed, or the template changed without getting a new version.`;
  }
  const files = Object.values(result).flat();
  return files.length > 0
    ? `Updates the repository from version ${from} of its template to ${to}.`
    : `Version ${to} of the template generates the same files as ${from}: only the version in \`.cloudtrace/answers.json\` changes.`;
}
