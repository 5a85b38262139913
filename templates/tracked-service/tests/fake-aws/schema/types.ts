/**
 * Type of an attribute in Terraform's JSON notation: a primitive, or a collection with its element type,
 * such as `"string"`, `["list", "string"]`, `["object", { "id": "string" }]`.
 */
export type AttributeType =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list' | 'set' | 'map', AttributeType]
  | readonly ['object', Readonly<Record<string, AttributeType>>];

/** One argument or exported value of a block. Absent flags are false. */
export interface Attribute {
  readonly name: string;
  readonly type: AttributeType;
  readonly required?: true;
  readonly optional?: true;
  readonly computed?: true;
}

/** How often and in which collection a nested block may appear. */
export interface NestedBlock {
  readonly name: string;
  readonly nesting: 'SINGLE' | 'LIST' | 'SET' | 'MAP';
  /** Minimum number of blocks; 0 for optional ones. */
  readonly minItems: number;
  /** Maximum number of blocks; 0 for any number. */
  readonly maxItems: number;
  readonly block: Block;
}

/** Body of a resource, data source, provider or nested block. */
export interface Block {
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly NestedBlock[];
}

/** The part of a provider's schema that the template uses. */
export interface ProviderSchema {
  /** The source of the schema: package and provider version, licence. */
  readonly source: {
    readonly package: string;
    readonly provider: string;
    readonly license: string;
  };
  readonly provider: Block;
  readonly resources: Readonly<Record<string, Block>>;
  readonly dataSources: Readonly<Record<string, Block>>;
}
