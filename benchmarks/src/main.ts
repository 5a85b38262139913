import { parseArgs } from 'node:util';
import { calibrate, describeCalibration } from './calibrate';
import { printFigures, type MeasuredFigure } from './report';
import { archiveSuite } from './suites/archive';
import { citusSuite } from './suites/citus';
import { decoderSuite } from './suites/decoder';
import { fleetSuite } from './suites/fleet';
import { hostileSuite } from './suites/hostile';
import { ingestSuite } from './suites/ingest';
import { kubernetesSuite } from './suites/kubernetes';
import { queriesSuite } from './suites/queries';
import { replicasSuite } from './suites/replicas';
import { scansSuite } from './suites/scans';
import { sendersSuite } from './suites/senders';
import { sizesSuite } from './suites/sizes';
import { tablesSuite } from './suites/tables';
import { unauthenticatedSuite } from './suites/unauthenticated';
import { writerSuite } from './suites/writer';

const suites = {
  decoder: decoderSuite,
  writer: writerSuite,
  ingest: ingestSuite,
  senders: sendersSuite,
  hostile: hostileSuite,
  unauthenticated: unauthenticatedSuite,
  queries: queriesSuite,
  sizes: sizesSuite,
  archive: archiveSuite,
  scans: scansSuite,
  fleet: fleetSuite,
  kubernetes: kubernetesSuite,
  replicas: replicasSuite,
  citus: citusSuite,
  tables: tablesSuite,
};
type SuiteName = keyof typeof suites;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      reps: { type: 'string' },
      seconds: { type: 'string' },
    },
  });
  const names = (
    positionals.length > 0 ? positionals : Object.keys(suites)
  ) as SuiteName[];
  const unknown = names.filter(name => !(name in suites));
  if (unknown.length > 0) {
    process.stderr.write(
      `Unknown suite ${unknown.join(', ')}. Choose from: ${Object.keys(
        suites,
      ).join(', ')}\n`,
    );
    process.exit(2);
  }
  const options = {
    quick: values.quick,
    reps: Number(values.reps ?? (values.quick ? 1 : 3)),
    seconds: Number(values.seconds ?? (values.quick ? 3 : 6)),
    log: (line: string) => process.stdout.write(`  ${line}\n`),
  };
  const figures: MeasuredFigure[] = [];
  for (const name of names) {
    const machine = describeCalibration(calibrate());
    process.stdout.write(`${name} (${machine})\n`);
    try {
      const measured = await suites[name](options);
      figures.push(...measured.map(figure => ({ ...figure, machine })));
    } catch (error) {
      // A failed suite does not invalidate the figures of the others.
      process.exitCode = 1;
      process.stderr.write(`${name} failed: ${(error as Error).stack}\n`);
    }
  }
  printFigures(figures);
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
