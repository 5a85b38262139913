import type { CheckedFile } from './checkRendering';
import { ANSWERS_FILE, listFiles } from './listFiles';

/**
 * The repository has exactly the files of its layers, and no two layers have the same file: the scaffolder would
 * silently keep the first.
 */
export function checkFileList(
  files: readonly CheckedFile[],
  answers: Record<string, unknown>,
): string[] {
  const listed = listFiles(answers);
  const problems = [...listed]
    .filter(([, origins]) => origins.length > 1)
    .map(([place, origins]) => `${place} comes from ${origins.join(' and ')}`);
  const expected = [...listed.keys()];
  const actual = new Set(files.map(file => file.path));
  problems.push(
    ...expected.filter(p => !actual.has(p)).map(p => `${p} is missing`),
    ...[...actual]
      .filter(p => !expected.includes(p))
      .map(p => `${p} belongs to no layer`),
  );

  const answersFile = files.find(file => file.path === ANSWERS_FILE);
  const recorded = Object.keys(
    JSON.parse(answersFile?.text ?? '{}').files ?? {},
  );
  if (recorded.length !== files.length - 1) {
    problems.push(
      `${ANSWERS_FILE} records ${recorded.length} files of ${files.length - 1}`,
    );
  }
  return problems;
}
