import type {
  DiagnosticsProblem,
  DiagnosticsSource,
  TokenKind,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { listTokens } from '../database/operations/tokens/listTokens';

const expiringSoonMs = 14 * 86_400_000;

/** State of the ingest tokens of one kind, as a part of a source, with what is wrong with them. */
export async function reportTokens(
  knex: Knex,
  scope: { entityRef: string; environment: string; kind: TokenKind },
  now: Date = new Date(),
): Promise<{
  tokens: NonNullable<DiagnosticsSource['tokens']>;
  problems: DiagnosticsProblem[];
}> {
  const all = await listTokens(knex, scope);
  const rows = all.filter(({ kind }) => kind === scope.kind);
  const live = rows.filter(row => !row.revoked_at && row.expires_at > now);
  const lastUsed = Math.max(...rows.map(row => +(row.last_used_at ?? 0)), 0);
  const nextExpiry = Math.min(...live.map(row => +row.expires_at));
  const tokens = {
    live: live.length,
    expired: rows.filter(row => !row.revoked_at && row.expires_at <= now)
      .length,
    revoked: rows.filter(row => row.revoked_at).length,
    lastUsedAt: lastUsed ? new Date(lastUsed).toISOString() : undefined,
    nextExpiryAt: live.length ? new Date(nextExpiry).toISOString() : undefined,
  };

  const problems: DiagnosticsProblem[] = [];
  if (rows.length > 0 && live.length === 0) {
    problems.push({
      code: 'no-live-token',
      message: `All tokens for ${scope.kind} of the environment '${scope.environment}' are expired or revoked, so that nothing can be sent`,
      nextStep: 'Create a token and give it to the sender',
    });
  } else if (live.length > 0 && nextExpiry - +now < expiringSoonMs) {
    problems.push({
      code: 'token-expires-soon',
      message: `A token for ${scope.kind} expires on ${new Date(nextExpiry)
        .toISOString()
        .slice(0, 10)}`,
      nextStep:
        'Create a second token, give it to the sender, then revoke the first',
    });
  }
  return { tokens, problems };
}
