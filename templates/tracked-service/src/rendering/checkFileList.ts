import { posix } from 'node:path';
import {
  normalizeOptions,
  selectLayers,
} from '@cloudtrace/plugin-scaffolder-cloudtrace-common';
import { trackedService } from '../../options';
import { readTemplateFiles } from '../templateFiles';
import type { CheckedFile } from './checkRendering';

const ANSWERS_FILE = '.cloudtrace/answers.json';
const PARTS = /^\.cloudtrace\/parts\//;

let templatePaths: string[] | undefined;

/**
 * The repository has exactly the files of its layers, and no two layers have the same file: the scaffolder would
 * silently keep the first.
 */
export function checkFileList(
  files: readonly CheckedFile[],
  answers: Record<string, unknown>,
): string[] {
  templatePaths ??= readTemplateFiles().map(file => file.path);
  const problems: string[] = [];
  const origin = new Map<string, string>();
  const layers = selectLayers(
    trackedService,
    normalizeOptions(trackedService, answers),
  );
  for (const { source, target } of layers) {
    const folder = `${posix.normalize(source)}/`;
    for (const path of templatePaths.filter(p => p.startsWith(folder))) {
      const place = posix.join(
        target,
        path.slice(folder.length).replace(/\.njk$/, ''),
      );
      if (origin.has(place)) {
        problems.push(`${place} comes from ${origin.get(place)} and ${path}`);
      }
      origin.set(place, path);
    }
  }
  const expected = [...origin.keys(), ANSWERS_FILE].filter(p => !PARTS.test(p));
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
