import type { Plain } from './InfrastructureModel';

/** A policy document in the format of both tools. */
interface PolicyDocument {
  readonly Statement: readonly Statement[];
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: Plain;
  readonly Condition?: Plain;
}

const list = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : ([value].flat() as T[]);

/** One line for each action on each resource, so that the grouping of statements does not matter. */
export function permissions(document: unknown): string[] {
  return (document as PolicyDocument).Statement.flatMap(statement =>
    list(statement.Action).flatMap(action =>
      list(statement.Resource).map(resource =>
        [
          statement.Effect,
          action,
          withoutStreams(resource),
          condition(statement.Condition),
        ]
          .filter(Boolean)
          .join(' '),
      ),
    ),
  );
}

/** Who may assume a role, on which condition. */
export function trust(document: unknown): string {
  return (document as PolicyDocument).Statement.map(statement =>
    [JSON.stringify(statement.Principal), condition(statement.Condition)]
      .filter(Boolean)
      .join(' '),
  ).join('; ');
}

/** Who may do what with a key, on which condition; one line for each statement. */
export function keyUsers(document: unknown): string[] {
  return (document as PolicyDocument).Statement.map(statement =>
    [
      JSON.stringify(statement.Principal),
      [...list(statement.Action)].sort().join(','),
      condition(statement.Condition),
    ]
      .filter(Boolean)
      .join(' '),
  );
}

// A log group's ARN ends in `:*` in CloudFormation and not in Terraform; both mean its streams.
function withoutStreams(resource: string): string {
  return resource.replace(/^<log-group>:log-stream:\*$/, '<log-group>');
}

function condition(value: Plain | undefined): string {
  return value ? JSON.stringify(value) : '';
}

/** Whether everyone is denied access without TLS. */
export function deniesPlainTransport(document: unknown): boolean {
  return statementsOf(document).some(
    ({ Effect, Principal, Condition }) =>
      Effect === 'Deny' &&
      isEveryone(Principal) &&
      JSON.stringify(Condition) === '{"Bool":{"aws:SecureTransport":"false"}}',
  );
}

/** What a resource's policy allows to everyone, one line for each action. */
export function publicGrants(document: unknown): string[] {
  return statementsOf(document)
    .filter(
      ({ Effect, Principal, Condition }) =>
        Effect === 'Allow' && isEveryone(Principal) && !Condition,
    )
    .flatMap(({ Action, Resource }) =>
      list(Action).map(action => `${action} ${list(Resource)}`),
    );
}

const statementsOf = (document: unknown): readonly Statement[] =>
  list((document as Partial<PolicyDocument> | undefined)?.Statement);

function isEveryone(principal: Plain | undefined): boolean {
  const accounts =
    typeof principal === 'object' && principal !== null && 'AWS' in principal
      ? principal.AWS
      : principal;
  return ([accounts].flat() as unknown[]).includes('*');
}

/** Sorted and without duplicates. */
export function unique(lines: readonly string[]): string[] {
  return [...new Set(lines)].sort();
}

/** Sorted by content, for lists whose order has no meaning. */
export function sortedByContent<T>(items: readonly T[]): T[] {
  return [...items].sort((a, b) =>
    JSON.stringify(a) < JSON.stringify(b) ? -1 : 1,
  );
}
