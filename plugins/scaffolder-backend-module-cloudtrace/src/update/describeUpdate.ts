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
    ? `Take over what version ${to} of the template makes now`
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
  return [introduce(result, versions), ...parts].join('\n\n');
}

function introduce(result: UpdateResult, versions: UpdateVersions): string {
  const { from, to } = versions;
  if (!isChange(result, versions)) {
    return `Nothing to do: apart from what people changed, the repository is what version ${to} of its template makes of its answers. No branch was made.`;
  }
  if (from === to) {
    return `The repository is at version ${to} of its template already, but that version makes something else of its answers now: the answers in \`.cloudtrace/answers.json\` were changed, or the template was without getting a new version.`;
  }
  const files = Object.values(result).flat();
  return files.length > 0
    ? `Brings the repository from version ${from} of its template to ${to}.`
    : `Version ${to} of the template makes the same files as ${from}: only the version in \`.cloudtrace/answers.json\` changes.`;
}
