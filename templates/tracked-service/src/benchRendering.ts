import { everythingOn, requiredAnswers } from './combinations';
import { Scaffolder } from './Scaffolder';

/** What one rendering may take, at the median of a machine that does nothing else. */
const LIMIT_MS = 300;

/** Times whole renderings: the request to the scaffolder, all steps of the template, and the files of the answer. */
export async function benchRendering(rounds: number): Promise<void> {
  const scaffolder = await Scaffolder.start();
  try {
    for (const [name, answers] of [
      ['defaults', { ...requiredAnswers }],
      ['everything on', everythingOn],
    ] as const) {
      const durationsMs: number[] = [];
      let cpuMs = 0;
      let files = 0;
      // The first ones compile code and connect to the database.
      for (let round = -3; round < rounds; round += 1) {
        const started = performance.now();
        const cpuBefore = process.cpuUsage();
        files = (await scaffolder.renderAnew(answers)).size;
        if (round >= 0) {
          durationsMs.push(performance.now() - started);
          const { user, system } = process.cpuUsage(cpuBefore);
          cpuMs += (user + system) / 1000 / rounds;
        }
      }
      durationsMs.sort((a, b) => a - b);
      const at = (share: number) =>
        Math.round(durationsMs[Math.floor((rounds - 1) * share)]);
      console.log(
        `${name}: ${files} files, ${rounds} renderings: median ${at(
          0.5,
        )} ms (limit ${LIMIT_MS}), slowest ${at(1)} ms; ${Math.round(
          cpuMs,
        )} ms of CPU each`,
      );
    }
  } finally {
    await scaffolder.stop();
  }
}
