import type { Block, NestedBlock } from './types';

/**
 * The bindings describe the recursive statements of a WAF rule only as "any". These are the two that the template uses,
 * according to the provider's documentation of `aws_wafv2_web_acl`.
 */
const WAF_STATEMENT: NestedBlock = {
  name: 'statement',
  nesting: 'LIST',
  minItems: 1,
  maxItems: 1,
  block: {
    attributes: [],
    blocks: [
      {
        name: 'managed_rule_group_statement',
        nesting: 'LIST',
        minItems: 0,
        maxItems: 1,
        block: {
          attributes: [
            { name: 'name', type: 'string', required: true },
            { name: 'vendor_name', type: 'string', required: true },
            { name: 'version', type: 'string', optional: true },
          ],
          blocks: [],
        },
      },
      {
        name: 'rate_based_statement',
        nesting: 'LIST',
        minItems: 0,
        maxItems: 1,
        block: {
          attributes: [
            { name: 'aggregate_key_type', type: 'string', optional: true },
            { name: 'evaluation_window_sec', type: 'number', optional: true },
            { name: 'limit', type: 'number', required: true },
          ],
          blocks: [],
        },
      },
    ],
  },
};

/** Adds what the bindings of a type do not describe; other types are returned unchanged. */
export function completeGaps(type: string, block: Block): Block {
  if (type === 'aws_cloudformation_stack') {
    // The bindings leave no type of a map that only AWS fills.
    return {
      ...block,
      attributes: block.attributes.map(attribute =>
        attribute.name === 'outputs'
          ? { ...attribute, type: ['map', 'string'] }
          : attribute,
      ),
    };
  }
  if (type !== 'aws_wafv2_web_acl') return block;
  return {
    ...block,
    blocks: block.blocks.map(child =>
      child.name === 'rule'
        ? {
            ...child,
            block: {
              attributes: child.block.attributes.filter(
                ({ name }) => name !== WAF_STATEMENT.name,
              ),
              blocks: [
                ...child.block.blocks.filter(
                  ({ name }) => name !== WAF_STATEMENT.name,
                ),
                WAF_STATEMENT,
              ],
            },
          }
        : child,
    ),
  };
}
