import { Scaffolder } from '../Scaffolder';
import { gate0 } from './g0';
import { gate1 } from './g1';
import { gate2 } from './g2';
import { gate3 } from './g3';
import { gate4 } from './g4';
import { mutationGate } from './mutations';
import { Report } from '../tools/Report';

/** Arguments of `template:check`. */
export interface GateOptions {
  gate: string[];
  /** Every combination instead of the sample. */
  all: boolean;
  /** Only combinations whose name contains this. */
  only?: string;
}

const gates: Record<
  string,
  (
    scaffolder: Scaffolder,
    options: GateOptions,
    report: Report,
  ) => Promise<void>
> = {
  g0: gate0,
  g1: gate1,
  g2: gate2,
  g3: gate3,
  g4: gate4,
  mutations: mutationGate,
};

/** Runs the gates and prints their results. */
export async function runGates(options: GateOptions): Promise<number> {
  const unknown = options.gate.find(name => !gates[name]);
  if (unknown) {
    throw new Error(
      `Unknown gate ${unknown}: choose from ${Object.keys(gates).join(', ')}`,
    );
  }
  const report = new Report();
  const scaffolder = await Scaffolder.start();
  try {
    for (const name of options.gate) {
      const started = Date.now();
      await gates[name](scaffolder, options, report);
      console.log(`${name}: ${Math.round((Date.now() - started) / 1000)} s`);
    }
  } finally {
    await scaffolder.stop();
  }
  report.print();
  return report.failed ? 1 : 0;
}
