import { ActionsRenderer } from './ActionsRenderer';
import { requiredAnswers } from './combinations';

jest.setTimeout(120_000);

const WITH_NODES = ['instance', 'node', 'zone', 'database'];
const WITHOUT_NODES = ['instance', 'zone', 'database'];

/* Where a pipeline offers the scenarios of the drill, and how. */
const PIPELINES = [
  ['github', '.github/workflows/drill.yml', /options: \[(instance,.*)\]/],
  ['bitbucket', 'bitbucket-pipelines.yml', /allowed-values: \[(instance,.*)\]/],
  ['jenkins', 'Jenkinsfile', /choices: \[('instance',.*)\], description/],
] as const;

describe('the scenarios of the drill', () => {
  let renderer: ActionsRenderer;
  beforeAll(async () => {
    renderer = await ActionsRenderer.start();
  });
  afterAll(() => renderer.stop());

  it.each(
    PIPELINES.flatMap(([ci, file, list]) => [
      { ci, file, list, compute: 'kubernetes', scenarios: WITH_NODES },
      { ci, file, list, compute: 'ecs', scenarios: WITHOUT_NODES },
    ]),
  )(
    'in the pipeline of $ci and in the runbook are those of $compute',
    async ({ ci, file, list, compute, scenarios }) => {
      const rendering = await renderer.render({
        ...requiredAnswers,
        ci,
        compute,
      });
      const read = (path: string) => rendering.get(path)!.content.toString();
      expect(
        list.exec(read(file))?.[1].replaceAll("'", '').split(', '),
      ).toEqual(scenarios);
      const rows = [
        ...read('docs/runbook.md').matchAll(/^\| `(\w+)` +\| .* \| .* \|$/gm),
      ];
      expect(rows.map(([, name]) => name)).toEqual(
        expect.arrayContaining(scenarios),
      );
      expect(rows.some(([, name]) => name === 'node')).toBe(
        compute === 'kubernetes',
      );
    },
  );
});
