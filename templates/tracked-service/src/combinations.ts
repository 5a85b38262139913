import {
  normalizeOptions,
  type OptionValue,
} from '@cloudtrace/plugin-scaffolder-cloudtrace-common';
import { trackedService, valid } from '../options';

/** One set of answers, with a name for reports. */
export interface Combination {
  name: string;
  answers: Record<string, OptionValue>;
}

/** Answers that every combination has. */
export const requiredAnswers = {
  name: 'orders',
  owner: 'group:default/payments',
  description: `Takes "orders", isn't #1: yes & no`,
} as const;

/** The maximum for one service. */
export const everythingOn: Readonly<Record<string, OptionValue>> = {
  ...requiredAnswers,
  iac: 'cdk',
  ci: 'jenkins',
  zones: 3,
  cache: 'valkey',
  clients: 'fargate',
  secrets: 'vault',
  waf: true,
  signIn: true,
  selfHealing: true,
  scaling: 'active-users',
  spot: true,
  snyk: true,
  sonarqube: true,
  loadTest: 'jmeter',
  monitoring: 'prometheus',
};

/** Answers that result from others. */
function complete(answers: Record<string, OptionValue>) {
  const hosts: Record<string, string> = {
    github: 'github.com?owner=acme&repo=orders',
    bitbucket: 'bitbucket.org?workspace=acme&project=shop&repo=orders',
  };
  const repoUrl = hosts[String(answers.publish)];
  return {
    ...requiredAnswers,
    ...answers,
    ...(repoUrl && { repoUrl }),
  };
}

/** Options that select layers or are used in a condition of a template: `--all` has all of their combinations. */
const structural: Record<string, readonly OptionValue[]> = {
  ...choicesOf('starter', 'iac', 'ci', 'cache', 'clients', 'secrets'),
  ...choicesOf('loadTest', 'monitoring', 'publish'),
  // The third choice has the same files as the first.
  scaling: ['step-cpu', 'active-users'],
  snyk: [false, true],
  sonarqube: [false, true],
};

/** Options that only become variables of the infrastructure: they vary along with the combinations of the others. */
const variables: Record<string, readonly OptionValue[]> = {
  ...choicesOf('zones', 'compute', 'workerScaling'),
  spot: [false, true],
  waf: [false, true],
  signIn: [false, true],
  selfHealing: [false, true],
  internal: [false, true],
  flowLogs: [true, false],
};

const dimensions = { ...structural, ...variables, ...choicesOf('scaling') };

function choicesOf(...names: string[]) {
  return Object.fromEntries(
    names.map(name => [
      name,
      trackedService.options[name].choices!.map(choice => choice.value),
    ]),
  );
}

/**
 * Options that only become a value in a file, in the same way for all of their values: tested alone, not in
 * combination.
 */
const valueOnly: Record<string, OptionValue> = {
  region: 'ap-northeast-1',
  system: 'system:default/shop',
  minInstances: 3,
  maxInstances: 12,
  startOnLocalFleet: false,
};

/**
 * Defaults, each option alone, and all pairs: every file of the template is rendered, and every pair of choices occurs.
 */
export function sampledCombinations(): Combination[] {
  const alone = Object.entries(dimensions).flatMap(([name, values]) =>
    values
      .filter(value => value !== trackedService.options[name].default)
      .map(value => ({
        name: `${name}=${value}`,
        answers: complete({ ...impliedBy(name, value), [name]: value }),
      })),
  );
  const values = Object.entries(valueOnly).map(([name, value]) => ({
    name: `${name}=${value}`,
    answers: complete({ [name]: value }),
  }));
  return [
    { name: 'defaults', answers: { ...requiredAnswers } },
    ...alone,
    ...values,
    ...pairwiseCombinations(),
  ];
}

/** Other answers that a value requires, or without which it does nothing. */
function impliedBy(
  name: string,
  value: OptionValue,
): Record<string, OptionValue> {
  if (name === 'publish' && value === 'bitbucket') return { ci: 'jenkins' };
  // Only these have workers as pods.
  return name === 'workerScaling'
    ? { starter: 'notifications', compute: 'kubernetes' }
    : {};
}

/** Every valid combination of the structural options; the variables take turns. */
export function* allCombinations(): Generator<Combination> {
  const total = Object.values(structural).reduce((n, v) => n * v.length, 1);
  for (let index = 0; index < total; index += 1) {
    const answers = withPossibleScaling({
      ...pick(structural, index),
      ...pick(variables, index),
    });
    const completed = complete(answers);
    if (valid(completed).length === 0) {
      yield { name: nameOf(answers), answers: completed };
    }
  }
}

/** Kubernetes has no steps, and the same files with the third choice. */
function withPossibleScaling(answers: Record<string, OptionValue>) {
  return answers.compute === 'kubernetes' && answers.scaling === 'step-cpu'
    ? { ...answers, scaling: 'target-tracking' }
    : answers;
}

/** The combination with this number in the enumeration of all. */
function pick(
  from: Record<string, readonly OptionValue[]>,
  index: number,
): Record<string, OptionValue> {
  const answers: Record<string, OptionValue> = {};
  let rest = index;
  for (const [name, values] of Object.entries(from)) {
    answers[name] = values[rest % values.length];
    rest = Math.floor(rest / values.length);
  }
  return answers;
}

/** The fewest rows found by a greedy search in which every valid pair of values occurs. The same rows every time. */
export function pairwiseCombinations(): Combination[] {
  const names = Object.keys(dimensions);
  const missing = new Set<string>();
  for (const [i, a] of names.entries()) {
    for (const b of names.slice(i + 1)) {
      for (const x of dimensions[a]) {
        for (const y of dimensions[b]) {
          const pair = { [a]: x, [b]: y };
          if (possible(pair)) {
            missing.add(pairKey(a, x, b, y));
          }
        }
      }
    }
  }
  const random = randomNumbers(1);
  const rows: Combination[] = [];
  while (missing.size > 0) {
    const row = bestRow(missing, names, random);
    for (const key of pairsOf(row, names)) {
      missing.delete(key);
    }
    rows.push({
      name: `pairs ${rows.length + 1}: ${nameOf(row)}`,
      answers: complete(row),
    });
  }
  return rows;
}

const TRIES_PER_ROW = 300;

function bestRow(
  missing: Set<string>,
  names: string[],
  random: () => number,
): Record<string, OptionValue> {
  let best: Record<string, OptionValue> | undefined;
  let bestCount = 0;
  for (let tries = 0; tries < TRIES_PER_ROW || !best; tries += 1) {
    const row = Object.fromEntries(
      names.map(name => {
        const values = dimensions[name];
        return [name, values[Math.floor(random() * values.length)]];
      }),
    );
    const count = pairsOf(row, names).filter(key => missing.has(key)).length;
    if (count > bestCount && valid(complete(row)).length === 0) {
      best = row;
      bestCount = count;
    }
  }
  return best;
}

function pairsOf(row: Record<string, OptionValue>, names: string[]): string[] {
  return names.flatMap((a, i) =>
    names.slice(i + 1).map(b => pairKey(a, row[a], b, row[b])),
  );
}

function pairKey(a: string, x: OptionValue, b: string, y: OptionValue): string {
  return `${a}=${x}|${b}=${y}`;
}

/**
 * Whether two values can occur together in a valid combination; only pipeline and publishing location exclude each
 * other.
 */
function possible(pair: Record<string, OptionValue>): boolean {
  const ci = pair.ci ?? (pair.publish === 'bitbucket' ? 'jenkins' : 'github');
  return valid(complete({ ...pair, ci })).length === 0;
}

/** A name that lists the differences from the defaults. */
function nameOf(answers: Record<string, OptionValue>): string {
  const defaults = normalizeOptions(trackedService, { ...requiredAnswers });
  const parts = Object.entries(answers)
    .filter(([name, value]) => defaults[name] !== value)
    .map(([name, value]) => `${name}=${value}`);
  return parts.join(' ') || 'defaults';
}

/** Park and Miller's generator, because the rows must be the same in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
}
