import type { Knex } from 'knex';
import { Client } from 'pg';

/** A node of a plan in the format of `EXPLAIN (FORMAT JSON)`, with the fields that tests need. */
export interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Parent Relationship'?: string;
  Filter?: string;
  Plans?: PlanNode[];
}

/** A statement that ran, with its plan. */
export interface ExplainedStatement {
  sql: string;
  plan: PlanNode;
}

/**
 * Runs a function and explains every query that it sent, with its values. The
 * plans are those that PostgreSQL creates for these values, because `pg`
 * prepares no named statements.
 */
export async function explainStatements(
  knex: Knex,
  run: () => Promise<unknown>,
): Promise<ExplainedStatement[]> {
  // Intercepts below knex, which does not see COPY statements.
  const spy = jest.spyOn(Client.prototype, 'query');
  let calls: unknown[][];
  try {
    await run();
    calls = [...spy.mock.calls];
  } finally {
    spy.mockRestore();
  }
  const connection = await knex.client.acquireConnection();
  try {
    const explained: ExplainedStatement[] = [];
    for (const { sql, values } of calls.flatMap(toQuery)) {
      const { rows } = await connection.query(
        `EXPLAIN (FORMAT JSON) ${sql}`,
        values,
      );
      explained.push({ sql, plan: rows[0]['QUERY PLAN'][0].Plan });
    }
    return explained;
  } finally {
    await knex.client.releaseConnection(connection);
  }
}

/** The query of a call of `Client.query`; undefined for other calls. */
function toQuery([config, second]: unknown[]): {
  sql: string;
  values: unknown[];
}[] {
  const { text, sql, values } = (
    typeof config === 'string' ? { text: config } : config
  ) as { text?: string; sql?: string; values?: unknown[] };
  const statement = text ?? sql ?? '';
  // A COPY is explained by its query.
  const [, copied] = /^\s*COPY \(([\s\S]*)\) TO STDOUT/.exec(statement) ?? [];
  const query = copied ?? statement;
  return /^\s*(SELECT|WITH)\b/i.test(query)
    ? [
        {
          sql: query,
          values: values ?? (Array.isArray(second) ? second : []),
        },
      ]
    : [];
}

/** A node and all nodes below it. */
export function nodesOf(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

/** Names of the tables that a plan reads. */
export function tablesOf(plan: PlanNode): string[] {
  const names = nodesOf(plan).flatMap(node => node['Relation Name'] ?? []);
  return [...new Set(names)].sort();
}
