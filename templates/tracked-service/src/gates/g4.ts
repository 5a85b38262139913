import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { requiredAnswers } from '../combinations';
import { Portal } from '../Portal';
import type { Scaffolder } from '../Scaffolder';
import type { GateOptions } from './index';
import type { Report } from '../tools/Report';
import { checkUpdate } from './checkUpdate';
import { expectStatus } from './expectStatus';
import { git } from '../tools/git';

const PUBLISH_LIMIT_MS = 10_000;
const TEMPLATE = 'tracked-service';
/** The fleet is a separate process and not part of this gate; the local portal's browser test starts services on it. */
const answers = { ...requiredAnswers, startOnLocalFleet: false };
const NAME = answers.name;

/**
 * G4: a real scaffolder task publishes, registers and creates tokens; a second run changes nothing; an update keeps
 * manual edits.
 */
export async function gate4(
  scaffolder: Scaffolder,
  _options: GateOptions,
  report: Report,
): Promise<void> {
  report.standIn(
    "G4: Backstage's test backend with its mock user instead of a sign-in; catalog, scaffolder, CloudTrace backend and PostgreSQL are real",
  );
  const portal = await Portal.start();
  try {
    await portal.waitForTemplate(TEMPLATE);
    await portal.waitForTemplate('update-tracked-service');
    await checkCreation(portal, scaffolder, report);
    await checkRepetition(portal, report);
    await checkFailedPublish(portal, report);
    await checkUpdate(portal, NAME, report);
  } finally {
    await portal.stop();
  }
}

async function checkCreation(
  portal: Portal,
  scaffolder: Scaffolder,
  report: Report,
): Promise<void> {
  const repository = join(portal.repositories, NAME);

  await report.run('G4 the form runs with its defaults', async () => {
    const result = await portal.runTemplate(TEMPLATE, answers);
    console.log(
      `G4: published, registered and tokens in ${result.durationMs} ms`,
    );
    return [
      ...expectStatus(result, 'completed'),
      ...(result.durationMs > PUBLISH_LIMIT_MS
        ? [`took ${result.durationMs} ms, the limit is ${PUBLISH_LIMIT_MS}`]
        : []),
    ];
  });

  await report.run('G4 the clone matches the dry run', async () => {
    const clone = join(portal.repositories, '..', 'clone');
    git(portal.repositories, 'clone', '--quiet', repository, clone);
    const rendering = await scaffolder.render({
      ...answers,
    });
    const tracked = git(clone, 'ls-files').trim().split('\n');
    const executable = git(clone, 'ls-files', '--stage')
      .split('\n')
      .filter(line => line.startsWith('100755'))
      .map(line => line.split('\t')[1]);
    return [
      ...[...rendering.keys()]
        .filter(path => !tracked.includes(path))
        .map(path => `${path} is not in the repository`),
      ...tracked
        .filter(
          path => rendering.get(path)?.executable !== executable.includes(path),
        )
        .map(path => `${path} has a different mode`),
      ...tracked
        .filter(
          path =>
            !rendering
              .get(path)
              ?.content.equals(readFileSync(join(clone, path))),
        )
        .map(path => `${path} differs`),
    ];
  });

  await report.run('G4 the entity is in the catalog', async () => {
    const entity = await portal.get<{ spec: { owner: string } }>(
      `/catalog/entities/by-name/component/default/${NAME}`,
    );
    return entity?.spec.owner === answers.owner
      ? []
      : [`the catalog has ${JSON.stringify(entity)}`];
  });

  await report.run(
    'G4 the tokens are live, and in the ignored file',
    async () => {
      const problems = git(repository, 'status', '--porcelain')
        .split('\n')
        .filter(Boolean)
        .map(line => `git would commit ${line}`);
      const env = readFileSync(join(repository, '.env'), 'utf8');
      for (const kind of ['REQUESTS', 'SCANS', 'EVENTS']) {
        if (!new RegExp(`^CLOUDTRACE_${kind}_TOKEN=ctk_`, 'm').test(env)) {
          problems.push(`.env has no token for ${kind}`);
        }
      }
      return [...problems, ...(await expectTokens(portal))];
    },
  );
}

async function checkRepetition(portal: Portal, report: Report): Promise<void> {
  await report.run('G4 a second run changes nothing', async () => {
    const before = git(join(portal.repositories, NAME), 'rev-parse', 'HEAD');
    const result = await portal.runTemplate(TEMPLATE, answers);
    const after = git(join(portal.repositories, NAME), 'rev-parse', 'HEAD');
    return [
      ...expectStatus(result, 'completed'),
      ...(before === after ? [] : ['it added a commit']),
      ...(await expectTokens(portal)),
    ];
  });

  await report.run('G4 another service cannot take the name', async () => {
    const result = await portal.runTemplate(TEMPLATE, {
      ...answers,
      description: 'Something else altogether',
    });
    return [
      ...expectStatus(result, 'failed'),
      ...(/choose another name/.test(result.messages)
        ? []
        : [`without the reason: ${result.messages}`]),
    ];
  });

  await report.run('G4 a hostile name leaves nothing behind', async () => {
    const result = await portal.runTemplate(TEMPLATE, {
      ...answers,
      name: '../evil',
    });
    return [
      ...expectStatus(result, 'refused'),
      ...(existsSync(join(portal.repositories, '..', 'evil'))
        ? ['a folder was created']
        : []),
    ];
  });
}

/** Where repositories cannot be created, nothing is created; once they can be, the same task succeeds. */
async function checkFailedPublish(
  portal: Portal,
  report: Report,
): Promise<void> {
  const name = 'returns';
  const aside = `${portal.repositories}.aside`;

  await report.run('G4 a failed publish leaves nothing behind', async () => {
    renameSync(portal.repositories, aside);
    // Permissions would not stop root; a file in place of the folder stops everyone.
    writeFileSync(portal.repositories, '');
    const result = await portal.runTemplate(TEMPLATE, { ...answers, name });
    rmSync(portal.repositories);
    renameSync(aside, portal.repositories);
    return [
      ...expectStatus(result, 'failed'),
      ...(/nothing was created. Make it a folder/.test(result.messages)
        ? []
        : [`without the reason: ${result.messages}`]),
      ...readdirSync(portal.repositories)
        .filter(entry => entry.startsWith(name))
        .map(entry => `${entry} was left behind`),
      ...((await portal.get(
        `/catalog/entities/by-name/component/default/${name}`,
      ))
        ? ['the entity is in the catalog']
        : []),
    ];
  });

  await report.run('G4 the same task succeeds afterwards', async () =>
    expectStatus(
      await portal.runTemplate(TEMPLATE, { ...answers, name }),
      'completed',
    ),
  );
}

async function expectTokens(portal: Portal): Promise<string[]> {
  const list = await portal.get<{ items: Array<{ kind: string }> }>(
    `/cloudtrace/v1/entities/component/default/${NAME}/tokens`,
  );
  const kinds = (list?.items ?? []).map(token => token.kind).sort();
  return kinds.join() === 'events,requests,scans'
    ? []
    : [`the portal has the tokens ${kinds.join(', ') || 'none'}`];
}
