import { everythingOn, requiredAnswers } from './combinations';
import { Portal } from './Portal';
import { Scaffolder } from './Scaffolder';

/** Time limit of one rendering, at the median of an idle machine. */
const LIMIT_MS = 300;
/** The steps of the template that create the repository's files. */
const RENDERING_STEPS = ['options', 'layers', 'compose', 'answers'];
/** By then the code is compiled and the database connected. */
const WARM_UP_ROUNDS = 3;

const cases = [
  ['defaults', { ...requiredAnswers }],
  ['everything on', { ...everythingOn }],
] as const;

/** Measures renderings: as dry runs, which the gates use, and as tasks of the portal, which people wait for. */
export async function benchRendering(rounds: number): Promise<void> {
  await benchDryRuns(rounds);
  await benchTasks(Math.ceil(rounds / 3));
}

/**
 * The request to the scaffolder with the template's files, all steps, and the files of the response. It alternates with
 * the built-in action in place of ours, so that both run under the same conditions.
 */
async function benchDryRuns(rounds: number): Promise<void> {
  const scaffolder = await Scaffolder.start();
  try {
    for (const [name, answers] of cases) {
      const measured = [
        {
          what: `${name}, dry run`,
          render: () => scaffolder.renderAnew(answers),
          durationsMs: [] as number[],
          cpuMs: 0,
        },
        {
          what: `${name}, dry run with fetch:template instead`,
          render: () => scaffolder.renderWithFetchTemplate(answers),
          durationsMs: [] as number[],
          cpuMs: 0,
        },
      ];
      for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
        for (const one of measured) {
          const started = performance.now();
          const cpuBefore = process.cpuUsage();
          await one.render();
          if (round >= 0) {
            one.durationsMs.push(performance.now() - started);
            const { user, system } = process.cpuUsage(cpuBefore);
            one.cpuMs += (user + system) / 1000 / rounds;
          }
        }
      }
      for (const { what, durationsMs, cpuMs } of measured) {
        console.log(
          `${what}, ${rounds} times: ${summarize(durationsMs)}; ${Math.round(
            cpuMs,
          )} ms of CPU each`,
        );
      }
    }
  } finally {
    await scaffolder.stop();
  }
}

/**
 * From the task's own events: from its first step to the last one that writes files, including the storage of events.
 */
async function benchTasks(rounds: number): Promise<void> {
  const portal = await Portal.start();
  try {
    await portal.waitForTemplate('tracked-service');
    for (const [index, [name, answers]] of cases.entries()) {
      const durationsMs: number[] = [];
      for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
        const task = await portal.runTemplate('tracked-service', {
          ...answers,
          name: `service-${index}-${round + WARM_UP_ROUNDS}`,
          startOnLocalFleet: false,
        });
        if (task.status !== 'completed') {
          throw new Error(`A task ended as ${task.status}: ${task.messages}`);
        }
        if (round >= 0) {
          durationsMs.push(
            RENDERING_STEPS.reduce(
              (sum, step) => sum + (task.stepDurationsMs.get(step) ?? NaN),
              0,
            ),
          );
        }
      }
      console.log(
        `${name}, task of a portal, steps ${RENDERING_STEPS.join(
          ', ',
        )}, ${rounds} times: ${summarize(durationsMs)}`,
      );
    }
  } finally {
    await portal.stop();
  }
}

function summarize(durationsMs: number[]): string {
  const sorted = [...durationsMs].sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round(sorted[Math.floor((sorted.length - 1) * share)]);
  return `median ${at(0.5)} ms (limit ${LIMIT_MS}), slowest ${at(1)} ms`;
}
