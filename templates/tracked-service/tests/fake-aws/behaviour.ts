/**
 * What the stand-in does where the real provider would call AWS. Everything is derived from the schema: a computed
 * value is unknown in a plan, and gets an invented, recognisable value in an apply. No rule of AWS itself is
 * implemented here.
 */
import {
  isObject,
  UNKNOWN,
  type ObjectValue,
  type Value,
} from './dynamicValue';
import type { AttributeType, Block } from './schema/types';

/** Account that the stand-in pretends to be. */
export const STAND_IN_ACCOUNT_ID = '111111111111';

const CHILDREN = (value: Value | undefined): ObjectValue[] =>
  (Array.isArray(value) ? value : [value]).filter((item): item is ObjectValue =>
    isObject(item as Value),
  );

/** Arguments that are set although only the provider can set them, as dotted paths. */
export function findUnconfigurable(
  block: Block,
  config: ObjectValue,
  path = '',
): string[] {
  const own = block.attributes
    .filter(
      ({ name, computed, optional }) =>
        computed && !optional && (config[name] ?? null) !== null,
    )
    .map(({ name }) => `${path}${name}`);
  const nested = block.blocks.flatMap(child =>
    CHILDREN(config[child.name]).flatMap(item =>
      findUnconfigurable(child.block, item, `${path}${child.name}.`),
    ),
  );
  return [...own, ...nested];
}

/** Plans a new object: every computed value that is not given is known after apply. Changes `state`. */
export function markComputed(block: Block, state: ObjectValue): ObjectValue {
  for (const { name, computed } of block.attributes) {
    if (computed && (state[name] ?? null) === null) state[name] = UNKNOWN;
  }
  for (const child of block.blocks) {
    CHILDREN(state[child.name]).forEach(item =>
      markComputed(child.block, item),
    );
  }
  return state;
}

/** Plans `tags_all` like the real provider: the default tags, overridden by the resource's own. Changes `state`. */
export function mergeDefaultTags(
  block: Block,
  state: ObjectValue,
  defaultTags: ObjectValue,
): ObjectValue {
  if (!block.attributes.some(({ name }) => name === 'tags_all')) return state;
  const own = state.tags ?? {};
  state.tags_all = isObject(own) ? { ...defaultTags, ...own } : UNKNOWN;
  return state;
}

/** Applies the object: each unknown value becomes an invented one that names the resource type. Changes `state`. */
export function inventUnknown(
  block: Block,
  state: ObjectValue,
  type: string,
  serial: number,
): ObjectValue {
  if (type === 'aws_cloudformation_stack' && state.outputs === UNKNOWN) {
    state.outputs = inventOutputs(String(state.template_body), serial);
  }
  for (const attribute of block.attributes) {
    if (state[attribute.name] === UNKNOWN) {
      state[attribute.name] = invent(
        attribute.type,
        attribute.name,
        type,
        serial,
      );
    }
  }
  for (const child of block.blocks) {
    CHILDREN(state[child.name]).forEach(item =>
      inventUnknown(child.block, item, type, serial),
    );
  }
  return state;
}

function invent(
  attributeType: AttributeType,
  name: string,
  type: string,
  serial: number,
): Value {
  if (attributeType === 'string') {
    return /(^|_)arn$/.test(name)
      ? `arn:aws:stand-in::${STAND_IN_ACCOUNT_ID}:${type}/${serial}/${name}`
      : `${type}-${serial}-${name}`;
  }
  if (attributeType === 'number') return 1;
  if (attributeType === 'bool') return false;
  if (attributeType === 'dynamic') return null;
  const [collection, element] = attributeType;
  if (collection === 'object') {
    return Object.fromEntries(
      Object.entries(element).map(([key, inner]) => [
        key,
        invent(inner, key, type, serial),
      ]),
    );
  }
  // One element: configurations index such lists, as in master_user_secret[0].
  if (collection === 'list') return [invent(element, name, type, serial)];
  return collection === 'map' ? {} : [];
}

/** Outputs that refer to a resource; each is an ARN or a name, which only CloudFormation knows. */
function inventOutputs(templateBody: string, serial: number): ObjectValue {
  const { Outputs = {} } = JSON.parse(templateBody) as { Outputs?: object };
  return Object.fromEntries(
    Object.keys(Outputs).map(name => [
      name,
      `arn:aws:stand-in::${STAND_IN_ACCOUNT_ID}:aws_cloudformation_stack/${serial}/${name}`,
    ]),
  );
}

/** The stand-in's responses to the data sources that the template reads. */
export const DATA_SOURCES: Readonly<Record<string, ObjectValue>> = {
  aws_caller_identity: {
    account_id: STAND_IN_ACCOUNT_ID,
    arn: `arn:aws:iam::${STAND_IN_ACCOUNT_ID}:user/stand-in`,
    id: STAND_IN_ACCOUNT_ID,
    user_id: 'stand-in',
  },
  aws_partition: {
    partition: 'aws',
    dns_suffix: 'amazonaws.com',
    id: 'aws',
    reverse_dns_prefix: 'com.amazonaws',
  },
};
