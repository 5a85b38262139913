import {
  findProblems,
  lookUpValues,
  normalizeOptions,
  selectLayers,
} from '@cloudtrace/plugin-scaffolder-cloudtrace-common';
import { exampleOptions } from '../testUtils/exampleOptions';

const problemsOf = (answers: Record<string, unknown>) =>
  findProblems(exampleOptions, normalizeOptions(exampleOptions, answers));

describe('normalizeOptions', () => {
  it('fills in defaults, trims text, and drops cleared fields', () => {
    expect(
      normalizeOptions(exampleOptions, { name: ' orders ', iac: '' }),
    ).toEqual({
      name: 'orders',
      iac: 'terraform',
      zones: 2,
      least: 1,
      most: 4,
      publish: 'local',
      start: true,
    });
  });

  it('drops answers to questions that were hidden again', () => {
    expect(
      normalizeOptions(exampleOptions, {
        name: 'orders',
        publish: 'local',
        repoUrl: 'github.com?owner=a&repo=b',
      }),
    ).not.toHaveProperty('repoUrl');
    expect(
      normalizeOptions(exampleOptions, { publish: 'github', start: true })
        .start,
    ).toBe(false);
  });
});

describe('findProblems', () => {
  it('accepts what the rules allow', () => {
    expect(problemsOf({ name: 'orders' })).toEqual([]);
    expect(problemsOf({ name: 'orders', iac: 'cdk', zones: 3 })).toEqual([]);
  });

  it.each([
    [{}, 'name', 'must be answered'],
    [{ name: 'ab' }, 'name', 'must have at least 3 characters'],
    [{ name: 'a'.repeat(21) }, 'name', 'must have at most 20 characters'],
    [
      { name: '../etc' },
      'name',
      'must be lower-case letters, digits and hyphens',
    ],
    [
      { name: '$(id)' },
      'name',
      'must be lower-case letters, digits and hyphens',
    ],
    [{ name: 7 }, 'name', 'must be a string'],
    [{ name: 'orders', iac: 'pulumi' }, 'iac', 'must be one of terraform, cdk'],
    [{ name: 'orders', zones: '3' }, 'zones', 'must be a whole number'],
    [{ name: 'orders', least: 1.5 }, 'least', 'must be a whole number'],
    [{ name: 'orders', least: 10 }, 'least', 'must be between 1 and 9'],
    [{ name: 'orders', start: 'yes' }, 'start', 'must be a boolean'],
    [{ name: 'orders', iac: 'cdk' }, 'zones', 'must be 3 with CDK'],
    [
      { name: 'orders', publish: 'github' },
      'repoUrl',
      'must be answered for GitHub',
    ],
    [{ name: 'orders', least: 5 }, 'least', 'must not be more than the most'],
    [{ name: 'orders', constructor: 'x' }, 'constructor', 'is not an option'],
  ])('rejects %j with a reason', (answers, option, reason) => {
    expect(problemsOf(answers)).toEqual([{ option, reason }]);
  });
});

describe('selectLayers and lookUpValues', () => {
  it('follow the answers', () => {
    const values = normalizeOptions(exampleOptions, { name: 'orders' });
    expect(selectLayers(exampleOptions, values)).toEqual([
      { source: './base', target: '.' },
    ]);
    expect(lookUpValues(exampleOptions, values)).toEqual({
      letters: ['a', 'b'],
    });
    expect(
      selectLayers(exampleOptions, { ...values, iac: 'cdk' }),
    ).toHaveLength(2);
  });
});
