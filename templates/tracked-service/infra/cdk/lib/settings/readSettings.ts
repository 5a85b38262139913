import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseSettings } from './parseSettings.ts';
import type { ServiceSettings } from './ServiceSettings.ts';

const CONFIG = path.join(import.meta.dirname, '../../config');

/** Values from the command line: `-c environment=… -c image=…`. */
export interface SettingsSource {
  readonly environment: string;
  readonly image: string;
  /**
   * Whether to start instances. False for the first step of the first deployment (`scripts/ci/deploy.sh`), because
   * instances wait for the migration.
   * @default true
   */
  readonly instancesEnabled?: boolean;
}

/** Reads the settings of one environment from `config/`. */
export function readSettings({
  environment,
  image,
  instancesEnabled = true,
}: SettingsSource): ServiceSettings {
  const folder = path.join(CONFIG, 'environments');
  const known = readdirSync(folder).map(file => path.basename(file, '.json'));
  if (!known.includes(environment)) {
    throw new Error(
      `No environment ${JSON.stringify(
        environment,
      )} in config/environments; available: ${known.join(
        ', ',
      )}. Set one with -c environment=…`,
    );
  }
  const settings = parseSettings({
    ...readJson(path.join(CONFIG, 'service.json')),
    ...readJson(path.join(folder, `${environment}.json`)),
    environment,
    image,
  });
  return instancesEnabled ? settings : { ...settings, minSize: 0 };
}

function readJson(file: string): Record<string, unknown> {
  if (!existsSync(file)) throw new Error(`${file} is missing`);
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}
