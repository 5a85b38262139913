import type { CodedMessage } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { arrayBinding } from '../../database/arrayBinding';

/** A resource that belongs to an environment of an entity. */
export interface FleetLink {
  entityRef: string;
  environment: string;
  resourceId: number;
  locator: string;
  detail: string;
  coded?: Record<string, CodedMessage>;
}

/** A part of a provider that did not respond: an account, or one of its regions. */
export interface SilentPart {
  account: string;
  region?: string;
}

/**
 * Replaces the links of the given environments to the resources of a provider
 * with those located now. Links of other environments and providers stay, and
 * so do links to accounts that did not respond: one broken account must not
 * hide its own fleet, nor keep access that was withdrawn elsewhere.
 */
export async function replaceLinks(
  knex: Knex,
  options: {
    provider: string;
    /** Environments that were requested and located. */
    scopes: ReadonlyArray<{ entityRef: string; environment: string }>;
    links: readonly FleetLink[];
    silent?: readonly SilentPart[];
    /** Resources that no longer exist, whose links stay nevertheless. */
    deletedIds?: readonly number[];
  },
): Promise<void> {
  const { provider, scopes, silent = [], deletedIds = [] } = options;
  const links = [
    ...new Map(
      options.links.map(link => [
        `${link.entityRef}\n${link.environment}\n${link.resourceId}`,
        link,
      ]),
    ).values(),
  ];
  await knex.transaction(async tx => {
    // Only one locate runs at a time: two replicas would undo each other's
    // changes.
    await tx.raw(
      `SELECT pg_advisory_xact_lock(hashtext('cloudtrace-links'), hashtext(?))`,
      [provider],
    );
    await tx.raw(
      `DELETE FROM fleet_links l
        USING fleet_resources r,
              unnest(?::text[], ?::text[]) AS asked (entity_ref, environment)
        WHERE r.resource_id = l.resource_id AND r.provider = ?
          AND l.entity_ref = asked.entity_ref AND l.environment = asked.environment
          AND NOT r.resource_id = ANY(?::int4[])
          AND NOT EXISTS (
            SELECT FROM unnest(?::text[], ?::text[]) AS silent (account, region)
             WHERE silent.account = r.account
               AND (silent.region = '' OR silent.region = r.region)
          )
          AND NOT (l.entity_ref || chr(10) || l.environment || chr(10) || l.resource_id = ANY(?::text[]))`,
      [
        scopes.map(scope => scope.entityRef),
        scopes.map(scope => scope.environment),
        provider,
        [...deletedIds],
        silent.map(part => part.account),
        silent.map(part => part.region ?? ''),
        links.map(l => `${l.entityRef}\n${l.environment}\n${l.resourceId}`),
      ],
    );
    await tx.raw(
      `INSERT INTO fleet_links (entity_ref, environment, resource_id, locator, detail, coded)
       SELECT * FROM unnest(?::text[], ?::text[], ?::int4[], ?::text[], ?::text[], ?::jsonb[])
       ON CONFLICT (entity_ref, environment, resource_id)
       DO UPDATE SET locator = excluded.locator, detail = excluded.detail, coded = excluded.coded
       WHERE (fleet_links.locator, fleet_links.detail, fleet_links.coded)
         IS DISTINCT FROM (excluded.locator, excluded.detail, excluded.coded)`,
      [
        links.map(l => l.entityRef),
        links.map(l => l.environment),
        links.map(l => l.resourceId),
        links.map(l => l.locator),
        links.map(l => l.detail),
        arrayBinding(
          links.map(l => (l.coded ? JSON.stringify(l.coded) : null)),
        ),
      ],
    );
  });
}
