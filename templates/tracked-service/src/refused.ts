import { requiredAnswers } from './combinations';

/** Answers that the server must reject regardless of the form, and what the reason must contain. */
export const refusedCombinations: Array<{
  name: string;
  answers: Record<string, unknown>;
  reason: RegExp;
}> = [
  ...[
    ['path', '../orders'],
    ['quotes', 'or"ders'],
    ['template', '${{ 7*7 }}'],
    ['template block', '{% if 1 %}x'],
    ['command', '$(id)'],
    ['upper case', 'Orders'],
    ['double hyphen', 'or--ders'],
    ['trailing hyphen', 'orders-'],
    ['reserved prefix', 'aws-orders'],
    ['longer than AWS allows', 'o'.repeat(21)],
    ['too short', 'ab'],
    ['line break', 'orders\n'],
  ].map(([name, value]) => ({
    name: `name with ${name}`,
    answers: { ...requiredAnswers, name: value },
    reason: /name/,
  })),
  ...[
    '$(id)',
    '${{ secrets }}',
    '{% raw %}',
    'a\nb and more',
    '`id` and more',
    'is <b>bold</b>',
  ].map(value => ({
    name: `description ${JSON.stringify(value)}`,
    answers: { ...requiredAnswers, description: value },
    reason: /description/,
  })),
  {
    name: 'owner that is not an entity reference',
    answers: { ...requiredAnswers, owner: 'group:default/../x' },
    reason: /owner/,
  },
  {
    name: 'no owner',
    answers: { ...requiredAnswers, owner: undefined },
    reason: /owner/,
  },
  {
    name: 'unknown region',
    answers: { ...requiredAnswers, region: 'mars-north-1' },
    reason: /region/,
  },
  {
    name: 'minimum instances above the maximum',
    answers: { ...requiredAnswers, minInstances: 8, maxInstances: 4 },
    reason: /minInstances must not exceed the maximum instances/,
  },
  {
    name: 'maximum instances below the number of zones',
    answers: {
      ...requiredAnswers,
      zones: 3,
      minInstances: 1,
      maxInstances: 2,
    },
    reason: /zones must not exceed the maximum/,
  },
  {
    name: 'steps of CPU on Kubernetes',
    answers: {
      ...requiredAnswers,
      compute: 'kubernetes',
      scaling: 'step-cpu',
    },
    reason: /scaling must be target-tracking or active-users/,
  },
  {
    name: 'Bitbucket Pipelines on GitHub',
    answers: {
      ...requiredAnswers,
      ci: 'bitbucket',
      publish: 'github',
      repoUrl: 'github.com?owner=acme&repo=orders',
    },
    // The form's schema rejects it first, with its own message.
    reason: /instance\.ci|publish/,
  },
  {
    name: 'GitHub without a repository',
    answers: { ...requiredAnswers, publish: 'github' },
    reason: /instance\.publish|repoUrl/,
  },
  {
    name: 'GitHub with a host of Bitbucket',
    answers: {
      ...requiredAnswers,
      publish: 'github',
      repoUrl: 'bitbucket.org?workspace=acme&project=shop&repo=orders',
    },
    reason: /bitbucket\.org, which is not a github host/,
  },
  {
    name: 'host unknown to the portal',
    answers: {
      ...requiredAnswers,
      publish: 'github',
      repoUrl: 'git.example.com?owner=acme&repo=orders',
    },
    reason: /git\.example\.com/,
  },
];
