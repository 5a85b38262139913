import { normalizeOptions } from '@cloudtrace/plugin-scaffolder-cloudtrace-common';
import { trackedService } from '../../options';
import type { CheckedFile } from './checkRendering';

/** Words that only a repository with this part contains, and the answers without the part. */
const PARTS: readonly {
  words: RegExp;
  isOff: (answers: Record<string, unknown>) => boolean;
}[] = [
  {
    words: /valkey|\bCACHE_[A-Z]+|src\/cache\b/i,
    isOff: ({ cache }) => cache === 'none',
  },
  {
    words: /\bvault\b|VAULT_/i,
    isOff: ({ secrets }) => secrets !== 'vault',
  },
  {
    words: /download agents?|DOWNLOAD_[A-Z]+|dist\/agent|client-sqs/i,
    isOff: ({ clients }) => clients === 'none',
  },
  {
    words: /ACTIVE_USERS|active ?users/i,
    // The storefront counts them for its dashboard, too; only publishing the figure is the option's.
    isOff: ({ scaling, starter }) =>
      scaling !== 'active-users' && starter !== 'storefront',
  },
  {
    words: /publishActiveUsers|ACTIVE_USERS_METRIC|client-cloudwatch/,
    isOff: ({ scaling }) => scaling !== 'active-users',
  },
  { words: /\bsnyk\b/i, isOff: ({ snyk }) => !snyk },
  { words: /\bsonar/i, isOff: ({ sonarqube }) => !sonarqube },
];

/** The infrastructure switches its parts with variables; the answers name every option. */
const EXEMPT = /^(?:infra\/|\.cloudtrace\/answers\.json$)/;

/** Nothing in the repository serves or names an option that is off. */
export function checkOptionalParts(
  files: readonly CheckedFile[],
  answers: Record<string, unknown>,
): string[] {
  const values = normalizeOptions(trackedService, answers);
  const off = PARTS.filter(({ isOff }) => isOff(values));
  return files
    .filter(({ path }) => !EXEMPT.test(path))
    .flatMap(({ path, text }) =>
      off.flatMap(({ words }) => {
        const found = words.exec(`${path}\n${text}`);
        return found
          ? [
              `${path} names "${found[0]}", which belongs to an option that is off`,
            ]
          : [];
      }),
    );
}
