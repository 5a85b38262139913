/**
 * The template's tool:
 *
 *   yarn template:options                                rewrites options.generated.json from options.ts
 *   yarn template:render [--options JSON] --out DIR      renders one combination
 *   yarn template:bench [--rounds N]                      measures renderings
 *   yarn template:check [--gate g0|g1|g2|g3|g4] [--all] [--only TEXT]
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchRendering } from './benchRendering';
import { requiredAnswers } from './combinations';
import { runGates } from './gates';
import { generateOptions } from './generateOptions';
import { templateDirectory } from './paths';
import { Scaffolder } from './Scaffolder';
import { writeRendering } from './writeRendering';

async function main(args: string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      options: { type: 'string', default: '{}' },
      out: { type: 'string' },
      gate: { type: 'string', multiple: true, default: ['g0', 'g3'] },
      all: { type: 'boolean', default: false },
      only: { type: 'string' },
      rounds: { type: 'string', default: '30' },
    },
  });
  switch (positionals[0]) {
    case 'options':
      writeFileSync(
        join(templateDirectory, 'options.generated.json'),
        generateOptions(),
      );
      return 0;
    case 'render':
      if (!values.out) {
        throw new Error(
          'Set the output folder with --out DIR; it must not exist',
        );
      }
      return render(values.options, values.out);
    case 'bench':
      await benchRendering(Number(values.rounds));
      return 0;
    case 'check':
      return runGates(values);
    default:
      throw new Error('Missing command: options, render, bench or check');
  }
}

async function render(options: string, out: string): Promise<number> {
  const answers = { ...requiredAnswers, ...JSON.parse(options) };
  const scaffolder = await Scaffolder.start();
  try {
    const started = Date.now();
    const rendering = await scaffolder.render(answers);
    const durationMs = Date.now() - started;
    writeRendering(rendering, out);
    console.log(
      `${rendering.size} files in ${out}, rendered in ${durationMs} ms`,
    );
  } finally {
    await scaffolder.stop();
  }
  return 0;
}

main(process.argv.slice(2)).then(
  code => process.exit(code),
  error => {
    console.error(error);
    process.exit(1);
  },
);
