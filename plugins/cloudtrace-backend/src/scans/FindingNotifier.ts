import type { AuthService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import {
  CLOUDTRACE_ANNOTATIONS,
  entityPagePath,
  rangeAround,
  tabLink,
  wordJudgement,
  type CodedMessage,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import type { NotificationsConfig } from '../notifications/config';
import type { NotificationTopic } from '../notifications/NotificationTopic';
import { claimNotification } from '../notifications/database/claimNotification';
import type { ScanOutcome } from './database/replaceFindings';
import { severityRank } from './importers/severity';

const TOPIC: NotificationTopic = 'findings';

/** A finding is new only once; this covers uploads that are stored but not acknowledged. */
const REPEAT_MS = 86_400_000;

/**
 * Notifies the owner of an entity about new critical and high findings: one
 * notification per file, and each finding once.
 */
export class FindingNotifier {
  readonly #knex: Knex;
  readonly #config: NotificationsConfig;
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #notifications: NotificationService;

  constructor(options: {
    knex: Knex;
    config: NotificationsConfig;
    auth: AuthService;
    catalog: CatalogService;
    notifications: NotificationService;
  }) {
    this.#knex = options.knex;
    this.#config = options.config;
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#notifications = options.notifications;
  }

  async tell(
    entityRef: string,
    alarming: ScanOutcome['alarming'],
  ): Promise<void> {
    const grave = alarming
      .filter(({ severity }) => severity >= severityRank('high'))
      .sort((a, b) => b.severity - a.severity);
    if (!this.#config.enabled || grave.length === 0) return;
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials: await this.#auth.getOwnServiceCredentials(),
    });
    const wanted =
      entity?.metadata.annotations?.[CLOUDTRACE_ANNOTATIONS.notifications];
    if (!entity || wanted?.trim().toLowerCase() === 'false') return;
    const [worst] = grave;
    const claimed = await claimNotification(this.#knex, {
      entityRef,
      topic: `finding:${worst.findingId}`,
      repeatMs: REPEAT_MS,
      maxPerHour: this.#config.maxPerHour,
    });
    if (!claimed) return;
    const critical = grave.filter(
      ({ severity }) => severity === severityRank('critical'),
    ).length;
    await this.#notifications.send({
      recipients: { type: 'entity', entityRef },
      payload: {
        title: wordJudgement({
          code: 'notice-of-entity',
          values: {
            entity: entity.metadata.title ?? entity.metadata.name,
            notice: {
              code: 'new-findings',
              values: {
                count: grave.length,
                counts: countsOf(critical, grave.length - critical),
              },
            },
          },
        }),
        description: grave
          .slice(0, 3)
          .map(({ title }) => title)
          .join('; ')
          .slice(0, 1_000),
        link: tabLink(entityPagePath(parseEntityRef(entityRef)), {
          view: 'security-scans',
          range: rangeAround(new Date()),
          finding: grave.length === 1 ? worst.findingId : undefined,
        }),
        severity: critical > 0 ? 'critical' : 'high',
        topic: TOPIC,
        scope: `cloudtrace:${entityRef}:findings`,
      },
    });
  }
}

function countsOf(critical: number, high: number): CodedMessage {
  if (high === 0) return { code: 'only-critical', values: { critical } };
  return critical === 0
    ? { code: 'only-high', values: { high } }
    : { code: 'critical-and-high', values: { critical, high } };
}
