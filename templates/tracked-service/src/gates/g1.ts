import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  pairwiseCombinations,
  requiredAnswers,
  type Combination,
} from '../combinations';
import type { Rendering, Scaffolder } from '../Scaffolder';
import { checkCdk } from '../tools/cdk';
import {
  checkCatalogEntry,
  checkCompose,
  checkPrometheus,
  checkScripts,
  checkShell,
} from '../tools/files';
import { Once } from '../tools/Once';
import { checkPipelines } from '../tools/pipelines';
import { checkService } from '../tools/service';
import { checkTerraform } from '../tools/terraform';
import { writeRendering } from '../writeRendering';
import type { GateOptions } from './index';
import type { Report } from './Report';

/** G1: what the pairwise rows render builds, passes its own tests, and is accepted by the tools that will read it. */
export async function gate1(
  scaffolder: Scaffolder,
  options: GateOptions,
  report: Report,
): Promise<void> {
  const once = new Once();
  const rows = [
    { name: 'defaults', answers: { ...requiredAnswers } },
    ...pairwiseCombinations(),
  ].filter(({ name }) => name.includes(options.only ?? ''));
  for (const row of rows) {
    const directory = join(
      mkdtempSync(join(tmpdir(), 'cloudtrace-g1-')),
      'repository',
    );
    try {
      const rendering = await scaffolder.render(row.answers);
      writeRendering(rendering, directory);
      await checkRow({ row, rendering, directory, once, report });
    } finally {
      rmSync(join(directory, '..'), { recursive: true, force: true });
    }
  }
}

async function checkRow(options: {
  row: Combination;
  rendering: Rendering;
  directory: string;
  once: Once;
  report: Report;
}): Promise<void> {
  const { row, rendering, directory, once, report } = options;
  const check = (
    name: string,
    inputs: RegExp,
    body: () => Promise<string[]> | string[],
  ) =>
    report.run(`G1 ${name}, ${row.name}`, () =>
      once.run(name, rendering, path => inputs.test(path), body),
    );

  await check('catalog entry', /^catalog-info\.yaml$/, () =>
    checkCatalogEntry(rendering),
  );
  await check('pipeline', /^(?:\.github\/|Jenkinsfile|bitbucket-)/, () =>
    checkPipelines(directory, report),
  );
  await check('shell', /\.(?:sh|env)$/, () =>
    checkShell(directory, rendering, report),
  );
  await check('compose', /compose.*\.ya?ml$/, () =>
    checkCompose(directory, rendering, report),
  );
  await check('Prometheus', /^monitoring\/prometheus\//, () =>
    checkPrometheus(directory, report),
  );
  // Everything that the service's own lint and format look at.
  await check('service', /^(?!infra\/|docs\/|\.cloudtrace\/|.*\.md$)/, () =>
    checkService(directory),
  );
  await check('scripts', /^(?:scripts|load)\//, () =>
    checkScripts(directory, rendering, report),
  );
  if (row.answers.iac === 'cdk') {
    await check('CDK', /^infra\/cdk\//, () => checkCdk(directory));
  } else {
    await check('Terraform', /^infra\/terraform\//, () =>
      checkTerraform(directory, report),
    );
  }
}
