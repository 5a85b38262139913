import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  pairwiseCombinations,
  requiredAnswers,
  type Combination,
} from '../combinations';
import type { Rendering, Scaffolder } from '../Scaffolder';
import { checkCdkApp, checkCdkSynthesis } from '../tools/cdk';
import {
  checkCatalogEntry,
  checkCompose,
  checkPrometheus,
  checkScripts,
  checkShell,
} from '../tools/files';
import { checkManifests } from '../tools/kubernetes';
import { Once } from '../tools/Once';
import { checkPipelines } from '../tools/pipelines';
import { checkFunctionScript, FUNCTION_SCRIPTS } from '../tools/function';
import { checkService, SERVICE_FILES, SERVICE_SCRIPTS } from '../tools/service';
import { checkTerraform } from '../tools/terraform';
import { writeRendering } from '../writeRendering';
import type { GateOptions } from './index';
import type { Report } from '../tools/Report';

interface Check {
  name: string;
  /** Files that its result depends on: rows with equal files are checked once. */
  inputs: (path: string) => boolean;
  body: () => Promise<string[]> | string[];
}

/** G1: the rendered pairwise rows build, pass their own tests, and are accepted by the tools that will read them. */
export async function gate1(
  scaffolder: Scaffolder,
  options: GateOptions,
  report: Report,
): Promise<void> {
  const rows = [
    { name: 'defaults', answers: { ...requiredAnswers } },
    ...pairwiseCombinations(),
  ].filter(({ name }) => name.includes(options.only ?? ''));
  const folder = mkdtempSync(join(tmpdir(), 'cloudtrace-g1-'));
  const once = new Once(availableParallelism());
  try {
    const running: Promise<void>[] = [];
    for (const [index, row] of rows.entries()) {
      const directory = join(folder, String(index));
      const rendering = await scaffolder.render(row.answers);
      writeRendering(rendering, directory);
      for (const check of checksOf(row, rendering, directory, report)) {
        running.push(
          report.run(`G1 ${check.name}, ${row.name}`, () =>
            once.run(check.name, rendering, check.inputs, check.body),
          ),
        );
      }
    }
    await Promise.all(running);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const times = [...once.times].sort(([, a], [, b]) => b.totalMs - a.totalMs);
  const seconds = times.map(
    ([name, { runs, totalMs }]) =>
      `${name} ${(totalMs / 1000).toFixed(1)} s in ${runs}`,
  );
  console.log(
    `G1: ${
      rows.length
    } rows; runs, ${availableParallelism()} at a time: ${seconds.join(', ')}`,
  );
}

/** Checks of a row; the slowest come first, so that the others fill the gaps at the end. */
function checksOf(
  row: Combination,
  rendering: Rendering,
  directory: string,
  report: Report,
): Check[] {
  const checks: Check[] = [];
  const add = (name: string, inputs: RegExp, body: Check['body']) =>
    checks.push({ name, inputs: path => inputs.test(path), body });

  for (const script of SERVICE_SCRIPTS) {
    add(`service ${script}`, SERVICE_FILES, () =>
      checkService(directory, script),
    );
  }
  if (rendering.has('infra/healing/package.json')) {
    for (const script of FUNCTION_SCRIPTS) {
      add(`function ${script}`, /^infra\/healing\//, () =>
        checkFunctionScript(join(directory, 'infra/healing'), script),
      );
    }
  }
  if (row.answers.iac === 'cdk') {
    add('CDK app', /^infra\/cdk\/(?!config\/service\.json$)/, () =>
      checkCdkApp(directory),
    );
    add('CDK synth', /^infra\/cdk\//, () => checkCdkSynthesis(directory));
  } else {
    add('Terraform', /^infra\/terraform\//, () =>
      checkTerraform(directory, report),
    );
  }
  if (rendering.has('deploy/kubernetes/base/kustomization.yaml')) {
    add('Kubernetes', /^(?:deploy\/kubernetes|scripts\/ci)\//, () =>
      checkManifests(directory, report),
    );
  }
  add('scripts', /^(?:scripts|load)\//, () =>
    checkScripts(directory, rendering, report),
  );
  add('pipeline', /^(?:\.github\/|Jenkinsfile|bitbucket-)/, () =>
    checkPipelines(directory, report),
  );
  add('shell', /\.(?:sh|env)$/, () => checkShell(directory, rendering, report));
  add('compose', /compose.*\.ya?ml$/, () =>
    checkCompose(directory, rendering, report),
  );
  add('Prometheus', /^monitoring\/prometheus\//, () =>
    checkPrometheus(directory, report),
  );
  add(
    'catalog entry',
    /^(?:catalog-info\.yaml$|deploy\/kubernetes\/overlays\/)/,
    () => checkCatalogEntry(rendering),
  );
  return checks;
}
