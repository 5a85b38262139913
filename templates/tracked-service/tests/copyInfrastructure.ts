import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  lookUpValues,
  normalizeOptions,
  selectLayers,
  selectParts,
} from '@cloudtrace/plugin-scaffolder-cloudtrace-common';
import { createTemplateRenderer } from 'nunjitsu';
import { trackedService } from '../options';
import { readTemplateFiles } from '../src/templateFiles';

/** What the service runs on. */
export type ComputeChoice = 'asg' | 'ecs' | 'kubernetes';

/** Answers that select files of the infrastructure. */
export interface InfrastructureAnswers {
  readonly compute?: ComputeChoice;
  readonly cache?: 'valkey';
  readonly clients?: 'fargate';
  readonly waf?: true;
  readonly signIn?: true;
  readonly selfHealing?: true;
  /** A starter that needs a broker has infrastructure of its own. */
  readonly starter?: 'notifications';
}

/** Every optional part of the infrastructure, except those of a starter. */
export const EVERY_PART: InfrastructureAnswers = {
  cache: 'valkey',
  clients: 'fargate',
  waf: true,
  signIn: true,
  selfHealing: true,
};

/** The form's answers become variables, which tests set themselves. */
const ANSWERED = /^service(?:\.auto\.tfvars)?\.json$/;

/** Writes the infrastructure of a generated repository, as its layers make it up, into a folder. */
export async function copyInfrastructure(options: {
  iac: 'cdk' | 'terraform';
  answers: InfrastructureAnswers;
  folder: string;
}): Promise<void> {
  const { iac, folder } = options;
  const answers = normalizeOptions(trackedService, { ...options.answers, iac });
  const renderer = createTemplateRenderer();
  const context = renderer.prepareContext({
    values: {
      ...answers,
      ...lookUpValues(trackedService, answers),
      parts: selectParts(trackedService, answers),
    },
  });
  const root = path.join('infra', iac);
  const all = readTemplateFiles();
  for (const { source, target } of selectLayers(trackedService, answers)) {
    const layer = `${path.normalize(source)}/`;
    for (const file of all.filter(each => each.path.startsWith(layer))) {
      const place = path
        .join(target, file.path.slice(layer.length))
        .replace(/\.njk$/, '');
      if (
        !place.startsWith(`${root}/`) ||
        ANSWERED.test(path.basename(place))
      ) {
        continue;
      }
      const content = Buffer.from(file.base64Content, 'base64');
      const written = path.join(folder, path.relative(root, place));
      await mkdir(path.dirname(written), { recursive: true });
      await writeFile(
        written,
        file.path.endsWith('.njk')
          ? renderer.render(content.toString('utf8'), context)
          : content,
        { mode: file.executable ? 0o755 : 0o644 },
      );
    }
  }
}
