import { pairwiseCombinations, requiredAnswers } from '../combinations';
import { checkSecurity } from '../rendering/checkSecurity';
import type { Scaffolder } from '../Scaffolder';
import type { GateOptions } from './index';
import type { Report } from '../tools/Report';

/** G3: the rendered repository is secure: versions are pinned, permissions minimal, and it has no secrets. */
export async function gate3(
  scaffolder: Scaffolder,
  options: GateOptions,
  report: Report,
): Promise<void> {
  const rows = [
    { name: 'defaults', answers: { ...requiredAnswers } },
    ...pairwiseCombinations(),
  ];
  for (const { name, answers } of rows) {
    if (name.includes(options.only ?? '')) {
      await report.run(`G3 ${name}`, async () => {
        const rendering = await scaffolder.render(answers);
        return checkSecurity(rendering);
      });
    }
  }
}
