import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import {
  CLOUDTRACE_ANNOTATIONS,
  entityPagePath,
  explainTarget,
  failoverTitle,
  nextStepOfFailure,
  rangeAround,
  tabLink,
  wordJudgement,
  type CodedMessage,
  type TabLink,
  type TabView,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import type { NotificationsConfig } from './config';
import type { NotificationTopic } from './NotificationTopic';
import type { FailoverChanges } from '../failover/database/replaceFailovers';
import type { StoredFailover } from '../failover/database/rows';
import { claimNotification } from './database/claimNotification';
import { limitOf } from '../fleet/buildScaling';
import type { ReportChanges } from '../fleet/storeReport';

/** A notification to an owner. */
interface Notice {
  /** What people can mute. */
  topic: NotificationTopic;
  /** What it is about: sent once within a period, and replaces the earlier notification. */
  subject: string;
  title: CodedMessage;
  description: string;
  severity: 'critical' | 'high' | 'normal' | 'low';
  /** When it happened; the link shows the time around it. */
  at: Date;
  /** The view of the entity's tab that shows it, and the item to open there. */
  link: TabLink & { view: TabView };
}

/** Older events are history that was collected only now. */
const NEWS_MS = 30 * 60_000;
/** Only at its end does a deploy show that its replacements were not planned. */
const MAX_DEPLOY_MS = 2 * 60 * 60_000;
/** How long the same subject is not sent again. */
const REPEAT_MS = 60 * 60_000;

/** Notifies the owner of an entity of what needs attention, through Backstage's notifications. */
export class OwnerNotifier {
  readonly #knex: Knex;
  readonly #config: NotificationsConfig;
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #notifications: NotificationService;
  readonly #logger: LoggerService;

  constructor(options: {
    knex: Knex;
    config: NotificationsConfig;
    auth: AuthService;
    catalog: CatalogService;
    notifications: NotificationService;
    logger: LoggerService;
  }) {
    this.#knex = options.knex;
    this.#config = options.config;
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#notifications = options.notifications;
    this.#logger = options.logger;
  }

  /** Notifies of new failovers, and of failovers that turn out not to be planned. */
  async tellFailovers(
    scope: { entityRef: string; environment: string },
    { added, unplanned }: Pick<FailoverChanges, 'added' | 'unplanned'>,
  ): Promise<void> {
    const isRecent = (ageMs: number, { summary }: StoredFailover) =>
      Date.now() - Date.parse(summary.detectedAt) < ageMs;
    const notices = [
      ...added.filter(failover => isRecent(NEWS_MS, failover)),
      ...unplanned.filter(failover => isRecent(MAX_DEPLOY_MS, failover)),
    ]
      .map(({ summary }) => summary)
      .filter(({ planned }) => planned !== 'yes')
      .map<Notice>(({ failoverId, subject, cause, startedAt }) => ({
        topic: 'failover',
        subject: `failover:${failoverId}`,
        title:
          subject.kind === 'all-targets'
            ? { code: 'notice-all-lost', values: {} }
            : failoverTitle(subject),
        description: [cause.summary, cause.nextStep].filter(Boolean).join('. '),
        severity: subject.kind === 'instance' ? 'high' : 'critical',
        at: new Date(startedAt),
        link: { view: 'failover-history', failover: failoverId },
      }));
    await this.#tell(scope, notices);
  }

  /** Notifies of unhealthy targets, failed scaling and reached limits. */
  async tellChanges(
    scope: { entityRef: string; environment: string },
    changes: readonly ReportChanges[],
  ): Promise<void> {
    const notices = changes
      .filter(({ first }) => !first)
      .flatMap(change => [
        ...unhealthyNotice(change),
        ...failedScalingNotice(change),
        ...limitNotice(change),
      ]);
    await this.#tell(scope, notices);
  }

  async #tell(
    scope: { entityRef: string; environment: string },
    notices: Notice[],
  ): Promise<void> {
    if (!this.#config.enabled || notices.length === 0) return;
    const { entityRef, environment } = scope;
    try {
      const entity = await this.#catalog.getEntityByRef(entityRef, {
        credentials: await this.#auth.getOwnServiceCredentials(),
      });
      const wanted =
        entity?.metadata.annotations?.[CLOUDTRACE_ANNOTATIONS.notifications];
      if (!entity || wanted?.trim().toLowerCase() === 'false') return;
      for (const notice of notices) {
        const subject = `${environment}:${notice.subject}`;
        const claimed = await claimNotification(this.#knex, {
          entityRef,
          topic: subject,
          repeatMs: REPEAT_MS,
          maxPerHour: this.#config.maxPerHour,
        });
        if (!claimed) continue;
        await this.#notifications.send({
          recipients: { type: 'entity', entityRef },
          payload: {
            title: wordJudgement({
              code: 'notice-of-environment',
              values: {
                entity: entity.metadata.title ?? entity.metadata.name,
                environment,
                notice: notice.title,
              },
            }),
            description: notice.description,
            link: tabLink(entityPagePath(parseEntityRef(entityRef)), {
              environment,
              range: rangeAround(notice.at),
              ...notice.link,
            }),
            severity: notice.severity,
            topic: notice.topic,
            scope: `cloudtrace:${entityRef}:${subject}`,
          },
        });
      }
    } catch (error) {
      this.#logger.warn(
        `Could not notify the owner of ${entityRef}`,
        error as Error,
      );
    }
  }
}

function unhealthyNotice({ targets, resourceId }: ReportChanges): Notice[] {
  const unhealthy = targets.filter(
    row => row.state === 'unhealthy' && row.from_state !== 'unhealthy',
  );
  if (unhealthy.length === 0) return [];
  const [{ target_key: key, instance_key: instance, ...row }] = unhealthy;
  const reason = explainTarget({
    state: row.state,
    reasonCode: row.reason_code ?? undefined,
    reason: row.reason ?? undefined,
  });
  return [
    {
      topic: 'health',
      subject: `unhealthy:${resourceId}`,
      title:
        unhealthy.length === 1
          ? { code: 'notice-unhealthy', values: { target: instance ?? key } }
          : { code: 'new-unhealthy', values: { count: unhealthy.length } },
      description: [reason.summary, reason.nextStep].filter(Boolean).join('. '),
      severity: 'high',
      at: new Date(row.at),
      link: { view: 'health-checks' },
    },
  ];
}

function failedScalingNotice({
  activities,
  resourceId,
}: ReportChanges): Notice[] {
  const failed = activities.find(
    activity =>
      activity.status === 'failed' &&
      Date.now() - Date.parse(activity.startedAt) < NEWS_MS,
  );
  if (!failed) return [];
  const words = [failed.message, nextStepOfFailure(failed.message)];
  return [
    {
      topic: 'scaling',
      subject: `failed-scaling:${resourceId}`,
      title: { code: 'notice-scaling-failed', values: {} },
      description: words.filter(Boolean).join('. ').slice(0, 1_000),
      severity: 'high',
      at: new Date(failed.startedAt),
      link: { view: 'scaling-history' },
    },
  ];
}

function limitNotice({ capacity, resourceId }: ReportChanges): Notice[] {
  if (!capacity?.before) return [];
  const { before, now } = capacity;
  if (limitOf(now) !== 'at-max' || limitOf(before) === 'at-max') return [];
  return [
    {
      topic: 'scaling',
      subject: `at-max:${resourceId}`,
      title: { code: 'group-at-max', values: {} },
      description: wordJudgement({
        code: 'notice-at-max',
        values: { desired: now.desired, max: now.max! },
      }),
      severity: 'normal',
      at: now.at,
      link: { view: 'scaling-history' },
    },
  ];
}
