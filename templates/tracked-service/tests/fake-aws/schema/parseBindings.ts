/**
 * Reads the prebuilt CDK Terrain bindings of a Terraform provider (`lib/<type>/index.js` of `@cdktn/provider-aws`).
 * The generator writes down everything that the provider's schema says, only in another form:
 *
 * - `// name - computed: true, optional: true, required: false` above the accessors of each attribute,
 * - the getter below it names the type (`this.getStringAttribute(…)`), a set is wrapped in `Fn.tolist(…)`,
 * - a nested object is a field `= new BucketRuleList(this, "rule", false)`; the class suffix says whether it may repeat,
 * - `synthesizeHclAttributes` and the `…ToHclTerraform` functions say whether it is a list, a set or a map.
 */

/** A nested object as a member of a class: `new <className><kind>(this, "…", <isSet>)`. */
export interface NestedMember {
  readonly className: string;
  readonly kind: 'OutputReference' | 'List' | 'Map';
  readonly isSet: boolean;
}

/** One attribute or nested block of a class. */
export interface Member {
  readonly name: string;
  readonly computed: boolean;
  readonly optional: boolean;
  readonly required: boolean;
  readonly nested?: NestedMember;
  /** Body of the getter, from which a plain attribute's type is read. */
  readonly getter: string;
}

/** A class of the bindings: a resource, a data source, the provider, or the accessors of a nested object. */
export interface BindingClass {
  readonly name: string;
  readonly base: string;
  readonly body: string;
  readonly members: readonly Member[];
}

/** How the HCL writer of the bindings emits one member. */
export interface HclMember {
  readonly isBlock: boolean;
  /** `simple`, `list`, `set`, `map` or `struct`. */
  readonly collection: string;
  /** TypeScript name of the stored value, such as `stringList` or `BucketRuleList`. */
  readonly storage: string;
}

const CLASS = /^class (\w+) extends cdktn\.(\w+) \{$([\s\S]*?)^\}$/gm;
const MEMBER =
  /^ {4}\/\/ (\w+) - computed: (true|false), optional: (true|false), required: (true|false)\n([\s\S]*?)(?=^ {4}\/\/ \w+ - computed:|^ {4}\/\/ =====|(?![\s\S]))/gm;
const NESTED =
  /= new (\w+?)(OutputReference|List|Map)\(this, "\w+"(?:, (true|false))?\)/;
const GETTER = /get \w+\(\) \{\n([\s\S]*?)\n {4}\}/;
const HCL_MEMBER =
  /^ +(\w+): \{\n +value: [\s\S]*?isBlock: (true|false),\n +type: "(\w+)",\n +storageClassType: "(\w+)",/gm;

/** The classes of one module, by name. */
export function parseClasses(source: string): Map<string, BindingClass> {
  const classes = new Map<string, BindingClass>();
  for (const [, name, base, body] of source.matchAll(CLASS)) {
    classes.set(name, { name, base, body, members: parseMembers(body) });
  }
  return classes;
}

function parseMembers(body: string): Member[] {
  return Array.from(
    body.matchAll(MEMBER),
    ([, name, computed, optional, required, code]) => {
      const nested = NESTED.exec(code);
      return {
        name,
        computed: computed === 'true',
        optional: optional === 'true',
        required: required === 'true',
        nested: nested
          ? {
              className: nested[1],
              kind: nested[2] as NestedMember['kind'],
              isSet: nested[3] === 'true',
            }
          : undefined,
        getter: GETTER.exec(code)?.[1] ?? '',
      };
    },
  );
}

/** The members that a class itself writes to HCL. */
export function parseClassHcl(body: string): Map<string, HclMember> {
  return parseHcl(body.slice(body.indexOf('synthesizeHclAttributes')));
}

/** The members that the writer function of a nested object emits; empty if there is no such function. */
export function parseNestedHcl(
  source: string,
  className: string,
): Map<string, HclMember> {
  const functionName = `function ${className[0].toLowerCase()}${className.slice(
    1,
  )}ToHclTerraform(struct) {`;
  const start = source.indexOf(functionName);
  return start < 0
    ? new Map()
    : parseHcl(source.slice(start, source.indexOf('\n}\n', start)));
}

function parseHcl(code: string): Map<string, HclMember> {
  return new Map(
    Array.from(
      code.matchAll(HCL_MEMBER),
      ([, name, isBlock, collection, storage]) => [
        name,
        { isBlock: isBlock === 'true', collection, storage },
      ],
    ),
  );
}
