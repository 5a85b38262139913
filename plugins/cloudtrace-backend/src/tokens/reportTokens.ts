import {
  wordTexts,
  type CodedMessage,
  type DiagnosticsProblem,
  type DiagnosticsSource,
  type TokenKind,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { listTokens } from './database/listTokens';
import type { DbIngestTokenRow } from './database/rows';
import type { TokenRules, TokenStatus } from './TokenRules';
import type { DiagnosticsScope } from '../diagnostics/types';

const EXPIRING_SOON_MS = 14 * 86_400_000;
const NEW_TOKEN: CodedMessage = { code: 'new-token', values: {} };

interface JudgedToken {
  row: DbIngestTokenRow;
  status: TokenStatus;
  lacksPepper: boolean;
}

type TokenScope = DiagnosticsScope & {
  kind: TokenKind;
  /** Reports which tokens work. */
  tokenRules: TokenRules;
};

/** State of the ingest tokens of one kind, as a part of a source, with their problems. */
export async function reportTokens(
  knex: Knex,
  scope: TokenScope,
  now: Date = new Date(),
): Promise<{
  tokens: NonNullable<DiagnosticsSource['tokens']>;
  problems: DiagnosticsProblem[];
  /** All tokens ever created. */
  total: number;
}> {
  const { tokenRules, entity, entityRef, environment } = scope;
  const rows = await listTokens(knex, { entityRef, environment });
  const judged = rows
    .filter(({ kind }) => kind === scope.kind)
    .map(row => ({
      row,
      status: tokenRules.statusOf(row, entity.metadata.uid),
      lacksPepper: tokenRules.lacksPepper(row),
    }));
  return {
    tokens: countTokens(judged),
    problems: [...findProblems(judged, scope, now), ...findStopped(judged)],
    total: judged.length,
  };
}

function countTokens(judged: JudgedToken[]) {
  const count = (status: TokenStatus) => withStatus(judged, status).length;
  const lastUsed = Math.max(
    ...judged.map(({ row }) => row.last_used_at?.getTime() ?? 0),
    0,
  );
  const nextExpiry = nextExpiryOf(judged);
  return {
    live: count('live'),
    expired: count('expired'),
    revoked: count('revoked'),
    entityReplaced: count('entity-replaced'),
    unpeppered: unpeppered(judged).length,
    lastUsedAt: lastUsed ? new Date(lastUsed).toISOString() : undefined,
    nextExpiryAt:
      nextExpiry === undefined ? undefined : new Date(nextExpiry).toISOString(),
  };
}

function findProblems(
  judged: JudgedToken[],
  { kind, environment }: TokenScope,
  now: Date,
): DiagnosticsProblem[] {
  const nextExpiry = nextExpiryOf(judged);
  if (judged.length > 0 && nextExpiry === undefined) {
    return [
      {
        code: 'no-live-token',
        ...wordTexts({
          message: { code: `no-live-token-${kind}`, values: { environment } },
          nextStep: { code: 'create-token', values: {} },
        }),
      },
    ];
  }
  if (
    nextExpiry === undefined ||
    nextExpiry - now.getTime() >= EXPIRING_SOON_MS
  ) {
    return [];
  }
  return [
    {
      code: 'token-expires-soon',
      ...wordTexts({
        message: {
          code: `token-expires-${kind}`,
          values: { date: new Date(nextExpiry).toISOString().slice(0, 10) },
        },
        nextStep: { code: 'replace-token', values: {} },
      }),
    },
  ];
}

/** Tokens that stopped, or will stop, although nobody revoked them. */
function findStopped(judged: JudgedToken[]): DiagnosticsProblem[] {
  const problems: DiagnosticsProblem[] = [];
  const replaced = withStatus(judged, 'entity-replaced').length;
  if (replaced > 0) {
    problems.push({
      code: 'token-entity-replaced',
      ...wordTexts({
        message: { code: 'tokens-replaced', values: { count: replaced } },
        nextStep: NEW_TOKEN,
      }),
    });
  }
  const old = unpeppered(judged);
  if (old.length > 0) {
    const stopped = old.filter(({ status }) => status === 'unpeppered').length;
    problems.push({
      code: 'token-unpeppered',
      ...wordTexts({
        message: {
          code: 'tokens-unpeppered',
          values: { count: old.length, stopped },
        },
        nextStep:
          stopped > 0 ? NEW_TOKEN : { code: 'use-token-once', values: {} },
      }),
    });
  }
  return problems;
}

function withStatus(judged: JudgedToken[], status: TokenStatus) {
  return judged.filter(token => token.status === status);
}

/** Tokens that are affected only by the pepper. */
function unpeppered(judged: JudgedToken[]) {
  return judged.filter(
    ({ status, lacksPepper }) =>
      lacksPepper && (status === 'live' || status === 'unpeppered'),
  );
}

function nextExpiryOf(judged: JudgedToken[]): number | undefined {
  const live = withStatus(judged, 'live');
  return live.length === 0
    ? undefined
    : Math.min(...live.map(({ row }) => row.expires_at.getTime()));
}
