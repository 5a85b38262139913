import type { OptionDefinition, OptionRule } from '../types';

/**
 * What the code of a starter cannot do without. Options, rules, layers and the
 * load balancer follow from it.
 * @public
 */
export type StarterNeed =
  /** PostgreSQL; every service has it. */
  | 'database'
  /** Valkey: the option `cache` has no other choice. */
  | 'cache'
  /** Kafka, which carries events from instances to workers, and Redis beside it for jobs and wake-up calls. */
  | 'broker'
  /** Scheduled jobs, each run by one instance at a time. */
  | 'jobs'
  /** Connections that stay open for hours. */
  | 'websocket'
  /** A count of active users, by which the service scales unless somebody chooses otherwise. */
  | 'activeUsers';

/**
 * A starter: the code that a repository begins with.
 * @public
 */
export interface Starter {
  needs: readonly StarterNeed[];
  /** The tools with which it has a load test. */
  loadTests: readonly string[];
  /** The optional parts that it has code for and that have npm dependencies. */
  lockedParts: readonly string[];
  /** Parts that every repository of this starter has, and that other starters have, too. */
  sharedParts?: readonly string[];
}

/**
 * All starters by name.
 * @public
 */
export const starters: Readonly<Record<string, Starter>> = {
  'request-tracker': {
    needs: ['database'],
    loadTests: ['k6', 'jmeter', 'locust'],
    lockedParts: ['cache', 'clients', 'vault', 'active-users'],
  },
  storefront: {
    needs: ['database', 'websocket', 'activeUsers'],
    loadTests: ['k6', 'jmeter', 'locust'],
    lockedParts: ['clients', 'vault', 'active-users'],
    sharedParts: ['web-client'],
  },
  notifications: {
    needs: ['database', 'broker', 'jobs', 'websocket'],
    loadTests: ['k6', 'jmeter', 'locust'],
    lockedParts: ['clients', 'vault'],
    sharedParts: ['web-client'],
  },
};

/** The starters that cannot do without something. */
export function startersWithNeed(need: StarterNeed): string[] {
  return Object.keys(starters).filter(name =>
    starters[name].needs.includes(need),
  );
}

/** The answer to an option that starters with a need have unless somebody chooses otherwise. */
export function defaultForNeed(
  need: StarterNeed,
  answer: string,
): Pick<OptionDefinition, 'defaults'> {
  const starter = startersWithNeed(need);
  return starter.length > 0
    ? { defaults: [{ when: { starter }, default: answer }] }
    : {};
}

/** The needs of each starter, for `values.needs`. */
export const needsByStarter: Readonly<Record<string, readonly StarterNeed[]>> =
  Object.fromEntries(
    Object.entries(starters).map(([name, { needs }]) => [name, needs]),
  );

/** Which answers a starter accepts, because of what it needs and what it has code for. */
export const starterRules: readonly OptionRule[] = Object.entries(
  starters,
).flatMap(([name, starter]) => [
  {
    when: { starter: [name] },
    allow: { loadTest: starter.loadTests },
    reason: `has no load test of the starter ${name}, only ${starter.loadTests.join(
      ', ',
    )}`,
  },
  ...cacheRules(name, starter),
]);

function cacheRules(
  name: string,
  { needs, lockedParts }: Starter,
): OptionRule[] {
  const when = { starter: [name] };
  if (needs.includes('cache')) {
    const reason = `must be valkey: the starter ${name} does not work without a cache`;
    return [{ when, allow: { cache: ['valkey'] }, reason }];
  }
  if (lockedParts.includes('cache')) return [];
  const reason = `must be none: the starter ${name} has no code for a cache`;
  return [{ when, allow: { cache: ['none'] }, reason }];
}
