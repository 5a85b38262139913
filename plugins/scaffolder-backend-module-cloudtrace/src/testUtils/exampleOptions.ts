import type { TemplateOptions } from '@cloudtrace/plugin-scaffolder-cloudtrace-common';

/** A small template's options, with one of each kind of rule. */
export const exampleOptions: TemplateOptions = {
  template: 'example',
  version: '1.2.3',
  options: {
    name: {
      title: 'Name',
      description: '',
      type: 'string',
      required: true,
      minLength: 3,
      maxLength: 20,
      pattern: '^[a-z][a-z0-9-]*$',
      patternReason: 'must be lower-case letters, digits and hyphens',
    },
    iac: {
      title: 'Infrastructure',
      description: '',
      type: 'string',
      default: 'terraform',
      choices: [
        { value: 'terraform', title: 'Terraform' },
        { value: 'cdk', title: 'CDK' },
      ],
    },
    zones: {
      title: 'Zones',
      description: '',
      type: 'integer',
      default: 2,
      choices: [
        { value: 2, title: '2' },
        { value: 3, title: '3' },
      ],
    },
    least: {
      title: 'Least',
      description: '',
      type: 'integer',
      default: 1,
      minimum: 1,
      maximum: 9,
    },
    most: {
      title: 'Most',
      description: '',
      type: 'integer',
      default: 4,
      minimum: 1,
      maximum: 9,
    },
    publish: {
      title: 'Publish',
      description: '',
      type: 'string',
      default: 'local',
      choices: [
        { value: 'local', title: 'Local' },
        { value: 'github', title: 'GitHub' },
      ],
    },
    repoUrl: {
      title: 'Repository',
      description: '',
      type: 'string',
      appliesWhen: { publish: ['github'] },
    },
    start: {
      title: 'Start',
      description: '',
      type: 'boolean',
      default: true,
      appliesWhen: { publish: ['local'] },
    },
  },
  rules: [
    {
      when: { iac: ['cdk'] },
      allow: { zones: [3] },
      reason: 'must be 3 with CDK',
    },
    {
      when: { publish: ['github'] },
      require: ['repoUrl'],
      reason: 'must be answered for GitHub',
    },
    { atMost: ['least', 'most'], reason: 'must not be more than the most' },
  ],
  layers: [
    { source: './base', target: '.' },
    { source: './cdk', target: './infra', when: { iac: ['cdk'] } },
  ],
  lookups: {
    letters: {
      by: 'iac',
      take: 'zones',
      table: { terraform: ['a', 'b', 'c'] },
    },
  },
};
