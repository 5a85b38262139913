import type { CollectionTag, ScalarTag } from 'yaml';

const FUNCTIONS = [
  'And',
  'Condition',
  'Equals',
  'GetAtt',
  'If',
  'Join',
  'Not',
  'Ref',
  'Sub',
];

/** CloudFormation's short forms such as `!Sub`, for the YAML parser: each becomes the long form. */
export const cloudFormationTags: (ScalarTag | CollectionTag)[] =
  FUNCTIONS.flatMap(name => [scalarTag(name), listTag(name)]);

function scalarTag(name: string): ScalarTag {
  return {
    tag: `!${name}`,
    resolve: text => ({
      [longForm(name)]: name === 'GetAtt' ? text.split('.') : text,
    }),
  };
}

function listTag(name: string): CollectionTag {
  return {
    tag: `!${name}`,
    collection: 'seq',
    resolve: items => ({ [longForm(name)]: items.toJSON() }),
  };
}

function longForm(name: string): string {
  return ['Condition', 'Ref'].includes(name) ? name : `Fn::${name}`;
}
