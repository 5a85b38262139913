import type { Block, ProviderSchema } from './schema/types';

/** The schema in the form of the plugin protocol. */
export function toWireSchema(schema: ProviderSchema): object {
  return {
    provider: wireType(schema.provider),
    resource_schemas: wireTypes(schema.resources),
    data_source_schemas: wireTypes(schema.dataSources),
  };
}

function wireTypes(blocks: Readonly<Record<string, Block>>): object {
  return Object.fromEntries(
    Object.entries(blocks).map(([type, block]) => [type, wireType(block)]),
  );
}

function wireType(block: Block): object {
  return { version: 0, block: wireBlock(block) };
}

function wireBlock(block: Block): object {
  return {
    attributes: block.attributes.map(({ type, ...rest }) => ({
      ...rest,
      type: Buffer.from(JSON.stringify(type)),
    })),
    block_types: block.blocks.map(child => ({
      type_name: child.name,
      nesting: child.nesting,
      min_items: child.minItems,
      max_items: child.maxItems,
      block: wireBlock(child.block),
    })),
  };
}
