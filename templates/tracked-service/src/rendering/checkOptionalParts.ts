import { normalizeOptions } from '@cloudtrace/plugin-scaffolder-cloudtrace-common';
import { trackedService } from '../../options';
import type { CheckedFile } from './checkRendering';

/** Words that only a repository with this part contains, and the answers without the part. */
const PARTS: readonly {
  words: RegExp;
  isOff: (answers: Record<string, unknown>) => boolean;
  /** The infrastructure switches it with a variable, instead of leaving its code out. */
  isVariable?: true;
}[] = [
  {
    words: /valkey|\bCACHE_[A-Z]+|src\/cache\b/i,
    // The notifications service has a cache of its own.
    isOff: ({ cache, starter }) =>
      cache === 'none' && starter !== 'notifications',
  },
  {
    words: /\bwaf\b|wafv2|web.?firewall/i,
    isOff: ({ waf }) => !waf,
  },
  {
    words: /\bsign_in_|signIn[A-Z]\w+Endpoint|authenticate-oidc|DRILL_PATH=/,
    isOff: ({ signIn }) => !signIn,
  },
  {
    words: /\bvault\b|VAULT_/i,
    isOff: ({ secrets }) => secrets !== 'vault',
    isVariable: true,
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
    isVariable: true,
  },
  {
    words: /publishActiveUsers|ACTIVE_USERS_METRIC|client-cloudwatch/,
    isOff: ({ scaling }) => scaling !== 'active-users',
    isVariable: true,
  },
  {
    words: /scale-worker-on-lag|TriggerAuthentication|lagThreshold/,
    isOff: ({ workerScaling }) => workerScaling !== 'consumer-lag',
  },
  {
    words: /self-?healing|(?:infra|parts)\/healing/i,
    isOff: ({ selfHealing }) => !selfHealing,
  },
  {
    words: /\bkafka|KAFKA_|\bmsk\b|parts\/worker/i,
    isOff: ({ starter }) => starter !== 'notifications',
  },
  { words: /\bsnyk\b/i, isOff: ({ snyk }) => !snyk },
  { words: /\bsonar/i, isOff: ({ sonarqube }) => !sonarqube },
];

/** The answers name every option. */
const ANSWERS = '.cloudtrace/answers.json';
/** The pipeline's roles may manage every resource that a service can have. */
const BOOTSTRAP = /^infra\/bootstrap\//;

/** Nothing in the repository serves or names an option that is off. */
export function checkOptionalParts(
  files: readonly CheckedFile[],
  answers: Record<string, unknown>,
): string[] {
  const values = normalizeOptions(trackedService, answers);
  const off = PARTS.filter(({ isOff }) => isOff(values));
  return files
    .filter(({ path }) => path !== ANSWERS && !BOOTSTRAP.test(path))
    .flatMap(({ path, text }) =>
      off.flatMap(({ words, isVariable }) => {
        if (isVariable && path.startsWith('infra/')) return [];
        const found = words.exec(`${path}\n${text}`);
        return found
          ? [
              `${path} names "${found[0]}", which belongs to an option that is off`,
            ]
          : [];
      }),
    );
}
