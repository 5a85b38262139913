import { ActionsRenderer } from '../ActionsRenderer';
import {
  allCombinations,
  everythingOn,
  requiredAnswers,
  sampledCombinations,
  type Combination,
} from '../combinations';
import { checkRendering } from '../rendering/checkRendering';
import type { Rendering, Scaffolder } from '../Scaffolder';
import { refusedCombinations } from '../refused';
import type { GateOptions } from './index';
import type { Report } from '../tools/Report';

/** Without the scaffolder, a rendering consists mainly of small files, which other threads read and write. */
const LANES = 4;
/** With thousands of combinations, somebody waits for the end. */
const PROGRESS_EVERY = 500;

/**
 * G0: every combination renders to files that parse and refer to things that exist; invalid ones are rejected with a
 * reason.
 */
export async function gate0(
  scaffolder: Scaffolder,
  options: GateOptions,
  report: Report,
): Promise<void> {
  await checkAll(
    sampledCombinations(),
    1,
    answers => scaffolder.render(answers),
    options,
    report,
  );
  if (options.all) {
    const actions = await ActionsRenderer.start();
    try {
      report.standIn(
        'G0 --all: the template’s steps run without the scaffolder around them; on the sample their files are compared with the scaffolder’s',
      );
      for (const { name, answers } of sampledCombinations()) {
        await report.run(`G0 ${name}, without the scaffolder`, async () =>
          differences(
            await scaffolder.render(answers),
            await actions.render(answers),
          ),
        );
      }
      await checkAll(
        allCombinations(),
        LANES,
        answers => actions.render(answers),
        options,
        report,
      );
    } finally {
      await actions.stop();
    }
  }

  await report.run('G0 renders the same bytes twice', async () => {
    const [first] = sampledCombinations();
    return differences(
      await scaffolder.renderAnew(first.answers),
      await scaffolder.renderAnew(first.answers),
    );
  });

  for (const { name, answers } of [
    { name: 'the defaults', answers: { ...requiredAnswers } },
    { name: 'everything on', answers: { ...everythingOn } },
  ]) {
    await report.run(`G0 ${name}, compared with fetch:template`, async () =>
      differences(
        await scaffolder.renderWithFetchTemplate(answers),
        await scaffolder.render(answers),
      ),
    );
  }

  for (const { name, answers, reason } of refusedCombinations) {
    await report.run(`G0 refused: ${name}`, async () => {
      try {
        await scaffolder.render(answers);
      } catch (error) {
        const message = String(error);
        return reason.test(message) ? [] : [`rejected, but with: ${message}`];
      }
      return ['was rendered'];
    });
  }
}

/** @param lanes - number of concurrent renderings: while one waits for its files, another one is checked */
async function checkAll(
  combinations: Iterable<Combination>,
  lanes: number,
  render: (answers: Combination['answers']) => Promise<Rendering>,
  options: GateOptions,
  report: Report,
): Promise<void> {
  const startedMs = performance.now();
  const durationsMs: number[] = [];
  const queue = combinations[Symbol.iterator]();
  const work = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) {
      const { name, answers } = next.value;
      if (!name.includes(options.only ?? '')) {
        continue;
      }
      await report.run(`G0 ${name}`, async () => {
        const sinceMs = performance.now();
        const rendering = await render(answers);
        durationsMs.push(performance.now() - sinceMs);
        if (durationsMs.length % PROGRESS_EVERY === 0) {
          console.log(`G0: ${durationsMs.length} renderings, at ${name}`);
        }
        return checkRendering(rendering, answers);
      });
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
  durationsMs.sort((a, b) => a - b);
  const medianMs = durationsMs[Math.floor(durationsMs.length / 2)] ?? NaN;
  console.log(
    `G0: ${durationsMs.length} renderings checked in ${Math.round(
      (performance.now() - startedMs) / 1000,
    )} s, ${lanes} at a time: median ${Math.round(
      medianMs,
    )} ms, slowest ${Math.round(durationsMs.at(-1) ?? NaN)} ms`,
  );
}

function differences(a: Rendering, b: Rendering): string[] {
  const paths = new Set([...a.keys(), ...b.keys()]);
  return [...paths]
    .filter(path => {
      const [one, other] = [a.get(path)?.content, b.get(path)?.content];
      return !one || !other || !one.equals(other);
    })
    .map(path => `${path} differs`);
}
