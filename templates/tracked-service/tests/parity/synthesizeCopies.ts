import { existsSync, readFileSync } from 'node:fs';
import { cp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type CdkApp, writeUnbuiltFunction } from './CdkApp';
import type { Settings } from './optionSets';

const SCRIPT = 'synthesizer.mjs';

/** An app with its settings in {@link folderOfCopy}, and which of its environments to synthesise. */
export interface AppCopy {
  readonly name: string;
  readonly settings: Settings;
}

/** The result for a copy. */
export interface Synthesis {
  /** Why the app failed. */
  readonly error?: string;
  readonly report?: {
    readonly pluginReports: readonly {
      readonly pluginName: string;
      readonly conclusion: 'success' | 'failure';
      readonly violations: readonly {
        readonly ruleName: string;
        readonly description: string;
      }[];
    }[];
  };
  /** Also if the validation found something. */
  readonly template?: any;
}

/** Where a copy of the app has to be. */
export function folderOfCopy({ folder }: CdkApp, name: string): string {
  return path.join(folder, 'copies', name);
}

/** Where the synthesis of a copy is. */
export function folderOfSynthesis({ folder }: CdkApp, name: string): string {
  return path.join(folder, 'out', name);
}

/**
 * Synthesises and validates copies of the app in one process, because loading the CDK and its validation takes ten times
 * as long as a synthesis.
 */
export async function synthesizeCopies(
  app: CdkApp,
  copies: readonly AppCopy[],
): Promise<ReadonlyMap<string, Synthesis>> {
  await writeUnbuiltFunction(path.join(app.folder, 'copies'));
  await cp(path.join(__dirname, SCRIPT), path.join(app.folder, SCRIPT));
  await writeFile(
    path.join(app.folder, 'copies.json'),
    JSON.stringify(
      copies.map(({ name, settings: { environment, image } }) => ({
        name,
        environment,
        image,
      })),
    ),
  );
  await app.run('tsx', SCRIPT);
  return new Map(copies.map(({ name }) => [name, read(app, name)]));
}

function read(app: CdkApp, name: string): Synthesis {
  const json = (file: string) => {
    const place = path.join(folderOfSynthesis(app, name), file);
    return existsSync(place)
      ? JSON.parse(readFileSync(place, 'utf8'))
      : undefined;
  };
  return {
    error: json('error.json')?.message,
    report: json('validation-report.json'),
    template: json('Service.template.json'),
  };
}
