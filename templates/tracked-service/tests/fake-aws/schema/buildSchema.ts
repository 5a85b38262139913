import {
  parseClasses,
  parseClassHcl,
  parseNestedHcl,
  type BindingClass,
  type HclMember,
  type Member,
} from './parseBindings';
import type { Attribute, AttributeType, Block, NestedBlock } from './types';

const GETTER_TYPES: Record<string, AttributeType> = {
  String: 'string',
  Number: 'number',
  Boolean: 'bool',
  List: ['list', 'string'],
  NumberList: ['list', 'number'],
  StringMap: ['map', 'string'],
  NumberMap: ['map', 'number'],
  BooleanMap: ['map', 'bool'],
  AnyMap: ['map', 'dynamic'],
};

/** Schema of the resource or data source `typeName` in the source text of its module; undefined if it is missing. */
export function buildTypeSchema(
  source: string,
  typeName: string,
): Block | undefined {
  const classes = parseClasses(source);
  for (const candidate of classes.values()) {
    if (candidate.body.includes(`static tfResourceType = "${typeName}"`)) {
      return new SchemaBuilder(source, classes).block(
        candidate,
        parseClassHcl(candidate.body),
      );
    }
  }
  return undefined;
}

/** Schema of the provider's own configuration block. */
export function buildProviderSchema(source: string): Block {
  const classes = parseClasses(source);
  for (const candidate of classes.values()) {
    if (candidate.base === 'TerraformProvider') {
      return new SchemaBuilder(source, classes).providerBlock(candidate);
    }
  }
  throw new Error('No provider class in the bindings');
}

class SchemaBuilder {
  readonly #source: string;
  readonly #classes: ReadonlyMap<string, BindingClass>;

  constructor(source: string, classes: ReadonlyMap<string, BindingClass>) {
    this.#source = source;
    this.#classes = classes;
  }

  block(owner: BindingClass, hcl: ReadonlyMap<string, HclMember>): Block {
    const attributes: Attribute[] = [];
    const blocks: NestedBlock[] = [];
    for (const member of owner.members) {
      // Nested and also computed: the provider's SDK makes such a member an attribute that may be written as a block.
      if (
        member.nested &&
        (member.optional || member.required) &&
        !member.computed
      ) {
        blocks.push(this.#nestedBlock(member, hcl.get(member.name)));
      } else {
        attributes.push(attribute(member, this.#memberType(member)));
      }
    }
    return { attributes, blocks };
  }

  /** The provider class keeps plain values without typed getters: its types come from its HCL writer alone. */
  providerBlock(owner: BindingClass): Block {
    const attributes: Attribute[] = [];
    const blocks: NestedBlock[] = [];
    for (const [name, member] of parseClassHcl(owner.body)) {
      if (!member.isBlock) {
        attributes.push({ name, type: storedType(member), optional: true });
        continue;
      }
      const nested = parseNestedHcl(
        this.#source,
        member.storage.replace(/List$/, ''),
      );
      blocks.push({
        name,
        nesting: member.collection === 'set' ? 'SET' : 'LIST',
        minItems: 0,
        maxItems: 0,
        block: {
          attributes: Array.from(nested, ([key, value]) => ({
            name: key,
            type: storedType(value),
            optional: true as const,
          })),
          blocks: [],
        },
      });
    }
    return { attributes, blocks };
  }

  #nestedBlock(member: Member, hcl: HclMember | undefined): NestedBlock {
    const { className, kind, isSet } = member.nested!;
    const nesting = nestingOf(hcl?.collection, isSet);
    const accessors = this.#classes.get(`${className}OutputReference`);
    return {
      name: member.name,
      nesting,
      minItems: member.required && nesting !== 'SINGLE' ? 1 : 0,
      maxItems: kind === 'OutputReference' && nesting !== 'SINGLE' ? 1 : 0,
      block: accessors
        ? this.block(accessors, parseNestedHcl(this.#source, className))
        : { attributes: [], blocks: [] },
    };
  }

  #memberType(member: Member): AttributeType {
    if (!member.nested) return getterType(member);
    const { className, kind, isSet } = member.nested;
    const accessors = this.#classes.get(`${className}OutputReference`);
    const object: AttributeType = [
      'object',
      Object.fromEntries(
        (accessors?.members ?? []).map(inner => [
          inner.name,
          this.#memberType(inner),
        ]),
      ),
    ];
    if (kind === 'Map') return ['map', object];
    return [kind === 'List' && isSet ? 'set' : 'list', object];
  }
}

function attribute(member: Member, type: AttributeType): Attribute {
  return {
    name: member.name,
    type,
    ...(member.required && { required: true as const }),
    ...(member.optional && { optional: true as const }),
    ...(member.computed && { computed: true as const }),
  };
}

function nestingOf(
  collection: string | undefined,
  isSet: boolean,
): NestedBlock['nesting'] {
  if (collection === 'struct') return 'SINGLE';
  if (collection === 'set' || isSet) return 'SET';
  return collection === 'map' ? 'MAP' : 'LIST';
}

function getterType({ name, getter }: Member): AttributeType {
  // Framework resources compute it in a way that leaves no type in the bindings.
  if (name === 'tags_all') return ['map', 'string'];
  const isSet = getter.includes('Fn.tolist(');
  const known =
    GETTER_TYPES[/this\.get(\w+?)Attribute\(/.exec(getter)?.[1] ?? ''];
  if (!known) return isSet ? ['set', 'dynamic'] : 'dynamic';
  return isSet && Array.isArray(known) && known[0] === 'list'
    ? ['set', known[1]]
    : known;
}

function storedType({ collection, storage }: HclMember): AttributeType {
  const element = elementType(storage);
  return collection === 'list' || collection === 'set' || collection === 'map'
    ? [collection, element]
    : element;
}

function elementType(storage: string): 'string' | 'number' | 'bool' {
  if (/number/i.test(storage)) return 'number';
  return /boolean/i.test(storage) ? 'bool' : 'string';
}
