import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const DEFINITION = fileURLToPath(new URL('./builder.yaml', import.meta.url));
const BUILDER = 'go.opentelemetry.io/collector/cmd/builder';

/**
 * Builds an OpenTelemetry Collector from its Go modules, unless `folder` has it
 * already; returns the path of the program. Takes about a minute.
 */
export function buildCollector(folder) {
  const definition = readFileSync(DEFINITION, 'utf8');
  const [, version] = /otlpreceiver (v[\d.]+)/.exec(definition);
  const key = createHash('sha256').update(definition).digest('hex');
  const output = join(folder, `${version}-${key.slice(0, 8)}`);
  const program = join(output, 'dist', 'cloudtrace-try-collector');
  if (existsSync(program)) return { program, version };
  mkdirSync(output, { recursive: true });
  console.log(`Building the collector ${version} in ${output}`);
  const { status, error } = spawnSync(
    'go',
    ['run', `${BUILDER}@${version}`, '--config', DEFINITION],
    { stdio: ['ignore', 'inherit', 'inherit'], cwd: output },
  );
  if (status !== 0) {
    throw new Error(
      `Could not build the collector: ${
        error?.code === 'ENOENT' ? 'install Go 1.25 or newer' : 'see above'
      }`,
    );
  }
  return { program, version };
}
