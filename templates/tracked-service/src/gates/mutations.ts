import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasTerraform } from '../../tests/fake-aws/Terraform';
import { CdkSubject } from '../mutations/CdkSubject';
import type { Catch, Mutation } from '../mutations/Mutation';
import { findPolicyTools, type PolicyTool } from '../mutations/policyTools';
import { REPOSITORIES, type MutatedRepository } from '../mutations/settings';
import type { Subject } from '../mutations/Subject';
import { TerraformSubject } from '../mutations/TerraformSubject';
import type { Scaffolder } from '../Scaffolder';
import type { Report } from '../tools/Report';
import { writeRendering } from '../writeRendering';
import type { GateOptions } from './index';

/** Fewer mutations prove little. */
const MIN_MUTATIONS = 40;
const MIN_CAUGHT_PERCENT = 95;

type Iac = 'terraform' | 'cdk';

/** Makes mistakes in rendered infrastructure code, one at a time, and reports which are noticed, and by what. */
export async function mutationGate(
  scaffolder: Scaffolder,
  options: GateOptions,
  report: Report,
): Promise<void> {
  for (const iac of ['terraform', 'cdk'] as const) {
    if (iac === 'terraform' && !hasTerraform()) {
      report.skip('mutations of Terraform code: terraform is not installed');
      continue;
    }
    const caught = new Map<Mutation, Catch[]>();
    for (const repository of REPOSITORIES) {
      const mutations = repository.mutations[iac].filter(({ name }) =>
        `${iac}, ${repository.name}: ${name}`.includes(options.only ?? ''),
      );
      if (mutations.length === 0) continue;
      const chosen = {
        iac,
        repository,
        mutations,
        scaffolder,
        options,
        report,
      };
      const found = await checkRepository(chosen);
      found.forEach((catches, mutation) => caught.set(mutation, catches));
    }
    if (caught.size > 0) summarize(iac, caught, options.only, report);
  }
}

interface ChosenMutations {
  readonly iac: Iac;
  readonly repository: MutatedRepository;
  readonly mutations: readonly Mutation[];
  readonly scaffolder: Scaffolder;
  readonly options: GateOptions;
  readonly report: Report;
}

async function checkRepository(
  chosen: ChosenMutations,
): Promise<Map<Mutation, Catch[]>> {
  const { iac, repository, scaffolder } = chosen;
  const folder = mkdtempSync(join(tmpdir(), 'cloudtrace-mutations-'));
  try {
    const directory = join(folder, iac);
    writeRendering(
      await scaffolder.render({ ...repository.answers, iac }),
      directory,
    );
    return await checkSubject(chosen, await prepareSubject(chosen, directory));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function prepareSubject(
  { iac, repository: { settings }, mutations, report }: ChosenMutations,
  folder: string,
): Promise<Subject> {
  if (iac === 'cdk') return CdkSubject.prepare(folder, mutations, settings);
  report.standIn(
    'mutations: Terraform itself against a stand-in of the AWS provider that has its schema',
  );
  return TerraformSubject.prepare(folder, settings);
}

async function checkSubject(
  { iac, mutations, options: { all }, report }: ChosenMutations,
  subject: Subject,
): Promise<Map<Mutation, Catch[]>> {
  try {
    const tools = findPolicyTools(iac, report);
    const before = await subject.checkUnchanged();
    const caught = new Map<Mutation, Catch[]>();
    const startedMs = Date.now();
    for (const mutation of mutations) {
      caught.set(mutation, await subject.check(mutation));
    }
    const ownMs = Date.now() - startedMs;
    const known = await addToolCatches(tools, subject, caught, all);
    const toolMs = Date.now() - startedMs - ownMs;
    console.log(
      `mutations: ${iac}: ${(ownMs / 1000).toFixed()} s, then ${(
        toolMs / 1000
      ).toFixed()} s for ${
        tools.map(({ name }) => name).join(' and ') || 'no other tool'
      }`,
    );
    report.note(
      `mutations: ${iac} without a mistake`,
      [...before, ...known].map(
        ({ catcher, message }) => `${catcher}: ${message}`,
      ),
    );
    return caught;
  } finally {
    await subject.dispose();
  }
}

/**
 * Adds what checkov and cfn-lint find in the copies; returns what they find without a mistake. They need seconds for
 * each copy, so they read only those with a mistake that nothing else noticed, or all with `--all`.
 */
async function addToolCatches(
  tools: readonly PolicyTool[],
  subject: Subject,
  caught: ReadonlyMap<Mutation, Catch[]>,
  all: boolean,
): Promise<Catch[]> {
  const before: Catch[] = [];
  for (const tool of tools) {
    const chosen = [...caught].filter(
      ([, catches]) =>
        all || catches.every(({ catcher }) => catcher === 'parity'),
    );
    const found = await tool.run(
      [undefined, ...chosen.map(([mutation]) => mutation)].map(mutation =>
        subject.folderOf(mutation),
      ),
    );
    const unchanged = found.get(subject.folderOf(undefined)) ?? [];
    before.push(...unchanged);
    const known = new Set(unchanged.map(({ message }) => message));
    for (const [mutation, catches] of chosen) {
      catches.push(
        ...(found.get(subject.folderOf(mutation)) ?? []).filter(
          ({ message }) => !known.has(message),
        ),
      );
    }
  }
  return before;
}

/** Prints each mistake with who noticed, and fails below the limit. */
function summarize(
  iac: Iac,
  caught: ReadonlyMap<Mutation, readonly Catch[]>,
  only: string | undefined,
  report: Report,
): void {
  const problems: string[] = [];
  let count = 0;
  const byCatcher = new Map<string, number>();
  for (const [{ name, expected }, catches] of caught) {
    const catchers = [...new Set(catches.map(({ catcher }) => catcher))];
    catchers.forEach(catcher =>
      byCatcher.set(catcher, (byCatcher.get(catcher) ?? 0) + 1),
    );
    // Parity notices any difference between the tools, but says nothing about the same mistake made in both.
    const isCaught = catchers.some(catcher => catcher !== 'parity');
    count += isCaught ? 1 : 0;
    console.log(
      `${isCaught ? '✓' : '✗'} ${iac}: ${name}: ${
        catchers.join(', ') || 'SURVIVED'
      }`,
    );
    if (!catchers.includes(expected)) {
      problems.push(
        `${name}: ${expected} should notice, but ${
          catchers.join(', ') || 'nothing'
        } did${catches[0] ? `: ${catches[0].message}` : ''}`,
      );
    }
  }
  const percent = caught.size === 0 ? 0 : (count / caught.size) * 100;
  console.log(
    `mutations: ${iac}: ${count} of ${
      caught.size
    } caught without parity (${percent.toFixed(1)} %); by ${[...byCatcher]
      .map(([catcher, times]) => `${catcher} ${times}`)
      .join(', ')}`,
  );
  report.note(`mutations: ${iac}: caught by the expected tool`, problems);
  report.note(
    `mutations: ${iac}: at least ${MIN_CAUGHT_PERCENT} %`,
    percent >= MIN_CAUGHT_PERCENT
      ? []
      : [`only ${percent.toFixed(1)} % of the mistakes are noticed`],
  );
  report.note(
    `mutations: ${iac}: at least ${MIN_MUTATIONS} mistakes`,
    caught.size >= MIN_MUTATIONS || only
      ? []
      : [`only ${caught.size}, too few to prove anything`],
  );
}
