/** A statement of a policy, without functions of CloudFormation. */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, string | readonly string[]>>>
  >;
}

/** Condition keys of a request with their values. */
export type RequestContext = Readonly<Record<string, string>>;

/** A call to AWS, as IAM sees it. */
export interface Call {
  readonly action: string;
  readonly resource: string;
  readonly context?: RequestContext;
}

/** Whether policies allow a call: one statement must, and none may deny it. */
export function isAllowed(
  statements: readonly Statement[],
  call: Call,
): boolean {
  const effects = statements
    .filter(statement => concerns(statement, call))
    .map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

function concerns(
  statement: Statement,
  { action, resource, context = {} }: Call,
): boolean {
  const { Action, Resource, NotResource, Condition = {} } = statement;
  return (
    matchesOne(Action, action, 'i') &&
    (Resource
      ? matchesOne(Resource, resource)
      : !matchesOne(NotResource!, resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, expected]) =>
        holds(operator, context[key], expected),
      ),
    )
  );
}

function holds(
  operator: string,
  value: string | undefined,
  expected: string | readonly string[],
): boolean {
  switch (operator) {
    case 'StringEquals':
    case 'Bool':
      return value !== undefined && [expected].flat().includes(value);
    case 'StringNotEquals':
      return value === undefined || ![expected].flat().includes(value);
    case 'ForAllValues:StringEquals':
    case 'StringEqualsIfExists':
      return value === undefined || [expected].flat().includes(value);
    case 'Null':
      return String(value === undefined) === expected;
    default:
      throw new Error(`Unknown operator ${operator}`);
  }
}

function matchesOne(
  patterns: string | readonly string[],
  text: string,
  flags = '',
): boolean {
  return [patterns].flat().some(pattern => {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    return new RegExp(`^${source}$`, flags).test(text);
  });
}
