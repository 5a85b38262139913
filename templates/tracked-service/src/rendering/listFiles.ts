import { posix } from 'node:path';
import {
  normalizeOptions,
  selectLayers,
} from '@cloudtrace/plugin-scaffolder-cloudtrace-common';
import { trackedService } from '../../options';
import { readTemplateFiles } from '../templateFiles';

/** The action `cloudtrace:answers` writes it. */
export const ANSWERS_FILE = '.cloudtrace/answers.json';
/** Read by `cloudtrace:compose`, and then removed. */
const PARTS = /^\.cloudtrace\/parts\//;

let templatePaths: string[] | undefined;

/** The files of the repository with these answers, each with the files of the template that it comes from. */
export function listFiles(
  answers: Record<string, unknown>,
): Map<string, string[]> {
  templatePaths ??= readTemplateFiles().map(file => file.path);
  const origins = new Map<string, string[]>([[ANSWERS_FILE, []]]);
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
      if (!PARTS.test(place)) {
        origins.set(place, [...(origins.get(place) ?? []), path]);
      }
    }
  }
  return origins;
}
