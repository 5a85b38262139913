import {
  allCombinations,
  everythingOn,
  requiredAnswers,
  sampledCombinations,
} from '../combinations';
import { checkRendering } from '../rendering/checkRendering';
import type { Rendering, Scaffolder } from '../Scaffolder';
import { refusedCombinations } from '../refused';
import type { GateOptions } from './index';
import type { Report } from './Report';

/** Of thousands, somebody waits for the end. */
const PROGRESS_EVERY = 500;

/** G0: every combination renders to files that parse and refer to things that exist; impossible ones are refused with a reason. */
export async function gate0(
  scaffolder: Scaffolder,
  options: GateOptions,
  report: Report,
): Promise<void> {
  const combinations = options.all ? allCombinations() : sampledCombinations();
  const durationsMs: number[] = [];
  for (const { name, answers } of combinations) {
    if (!name.includes(options.only ?? '')) {
      continue;
    }
    await report.run(`G0 ${name}`, async () => {
      const started = Date.now();
      const rendering = await scaffolder.render(answers);
      durationsMs.push(Date.now() - started);
      if (durationsMs.length % PROGRESS_EVERY === 0) {
        console.log(`G0: ${durationsMs.length} renderings, at ${name}`);
      }
      return checkRendering(rendering, answers);
    });
  }
  durationsMs.sort((a, b) => a - b);
  const medianMs = durationsMs[Math.floor(durationsMs.length / 2)];
  console.log(
    `${
      durationsMs.length
    } renderings: median ${medianMs} ms, slowest ${durationsMs.at(-1)} ms`,
  );

  await report.run('G0 twice the same bytes', async () => {
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
    await report.run(`G0 ${name}, as fetch:template renders them`, async () =>
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
        return reason.test(message) ? [] : [`refused, but with: ${message}`];
      }
      return ['was rendered'];
    });
  }
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
