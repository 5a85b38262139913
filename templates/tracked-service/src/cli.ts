/** The command-line tool of the template; see USAGE. */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { benchRendering } from './benchRendering';
import { checkFunction } from './checkFunction';
import { checkStarter } from './checkStarter';
import { requiredAnswers } from './combinations';
import { runGates } from './gates';
import { generateOptions } from './generateOptions';
import { templateDirectory } from './paths';
import { renderStarter } from './renderStarter';
import { Scaffolder } from './Scaffolder';
import { writeLockFiles } from './writeLockFiles';
import { writeRendering } from './writeRendering';

const USAGE = `Usage:
  yarn template:options                              rewrite options.generated.json from options.ts
  yarn template:render [--options JSON] --out DIR    render one combination into a new folder
  yarn template:starter NAME [--report FILE]         render a starter's defaults into .local/starters/NAME;
                                                     with --report, also check and test them
  yarn template:function FOLDER --report FILE        check and test a function, such as features/self-healing/healing
  yarn template:locks                                rewrite the lock file of each set of dependencies
  yarn template:bench [--rounds N]                   time renderings (default 30 rounds)
  yarn template:check [options]                      check rendered combinations
    --gate g0|g1|g2|g3|g4|mutations
                            run this gate; repeat for several (default g0 and g3)
    --all                   check every combination instead of a sample
    --only TEXT             check only what has TEXT in its name`;

class UsageError extends Error {}

async function main(args: string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      options: { type: 'string', default: '{}' },
      out: { type: 'string' },
      report: { type: 'string' },
      gate: { type: 'string', multiple: true, default: ['g0', 'g3'] },
      all: { type: 'boolean', default: false },
      only: { type: 'string' },
      rounds: { type: 'string', default: '30' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  switch (positionals[0]) {
    case 'options':
      writeFileSync(
        join(templateDirectory, 'options.generated.json'),
        generateOptions(),
      );
      return 0;
    case 'render':
      if (!values.out) {
        throw new UsageError('Set --out to a folder that does not exist yet.');
      }
      return render(values.options, values.out);
    case 'starter':
      if (!positionals[1]) {
        throw new UsageError('Name a starter.');
      }
      if (values.report) {
        return checkStarter(positionals[1], resolve(values.report));
      }
      console.log(await renderStarter(positionals[1]));
      return 0;
    case 'function':
      if (!positionals[1] || !values.report) {
        throw new UsageError(
          'Name the folder of a function, and set --report.',
        );
      }
      return checkFunction(positionals[1], resolve(values.report));
    case 'locks':
      await writeLockFiles();
      return 0;
    case 'bench':
      await benchRendering(Number(values.rounds));
      return 0;
    case 'check':
      return runGates(values);
    default:
      throw new UsageError(
        'Name a command: options, render, starter, function, locks, bench or check.',
      );
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
    const isUsage =
      error instanceof UsageError || error.code?.startsWith('ERR_PARSE_ARGS');
    console.error(isUsage ? `${error.message}\n\n${USAGE}` : error);
    process.exit(1);
  },
);
