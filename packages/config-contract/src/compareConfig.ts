import { join } from 'node:path';
import { ConfigReader, type Config } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { declaredKeys } from './declaredKeys';
import { literalKeys } from './literalKeys';
import { recordReads } from './recordReads';

/** Describes the app-config of one package. */
export interface ConfigContract {
  /** The package's folder. */
  packageDir: string;
  /** Folders of other packages whose keys this one may also read. */
  readsKeysOf?: readonly string[];
  /** Backstage's own keys that the package reads. */
  readsForeignKeys?: readonly string[];
  /** Sample config that contains every block, so that every key is read. */
  samples: readonly JsonObject[];
  /** Runs all code of the package that reads app-config. */
  read: (config: Config) => unknown;
}

/** Each list is empty if code and `config.d.ts` agree. */
export interface ConfigComparison {
  /** Read, but not in `config.d.ts`. */
  undeclared: string[];
  /** In `config.d.ts`, but never read. */
  unread: string[];
  /** Named in a file that reads app-config, but not read with any sample. */
  unreached: string[];
}

/** Compares the keys that a package reads with those that its `config.d.ts` declares. */
export function compareConfig(contract: ConfigContract): ConfigComparison {
  const { packageDir, readsKeysOf = [], readsForeignKeys = [] } = contract;
  const [own, ...others] = [packageDir, ...readsKeysOf].map(folder =>
    declaredKeys(join(folder, 'config.d.ts')),
  );
  const read = readWith(contract);
  const known = [own, ...others]
    .flatMap(({ values, blocks }) => [...values, ...blocks])
    .concat(readsForeignKeys);
  return {
    undeclared: read.filter(path => !known.some(key => covers(key, path))),
    unread: own.values.filter(key => !read.some(path => covers(key, path))),
    unreached: literalKeys(join(packageDir, 'src')).filter(
      key => !read.some(path => `.${path}`.endsWith(`.${key}`)),
    ),
  };
}

function readWith({ samples, read }: ConfigContract): string[] {
  const paths = new Set<string>();
  for (const sample of samples) {
    read(recordReads(new ConfigReader(sample), path => paths.add(path)));
  }
  return [...paths].sort();
}

function covers(declared: string, path: string): boolean {
  if (!declared.endsWith('.*')) return declared === path;
  const block = declared.slice(0, -2);
  return path === block || path.startsWith(`${block}.`);
}
