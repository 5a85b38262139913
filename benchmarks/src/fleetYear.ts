import type { Knex } from 'knex';

const DAY_MINUTES = 1_440;

/** Name of the seeded service. */
export const fleetEntity = {
  ref: 'component:default/year',
  path: 'component/default/year',
  environment: 'production',
};

/** The default metrics of a group behind a target group, see docs/aws.md. */
const METRIC_SERIES = 12;

/**
 * Stores a year of an Auto Scaling group that scales 50 times a day, behind a
 * target group: every activity starts or ends an instance that lives for about
 * three hours. One in 40 instances fails for two minutes. It also stores other
 * services, each with a tenth of that data, so that queries have rows to filter
 * out.
 */
export async function seedFleetYear(
  knex: Knex,
  { days, others }: { days: number; others: number },
): Promise<void> {
  await seedService(knex, fleetEntity.ref, days, 50);
  for (let i = 0; i < others; i++) {
    await seedService(knex, `component:default/other-${i}`, days, 5);
  }
  await knex.raw('VACUUM (ANALYZE)');
}

async function seedService(
  knex: Knex,
  entityRef: string,
  days: number,
  perDay: number,
): Promise<void> {
  const series = Array.from({ length: METRIC_SERIES }, (_, i) => `metric-${i}`);
  const group = {
    name: entityRef,
    capacity: { min: 2, desired: 6, max: 20, inService: 6 },
    policies: [
      {
        name: 'cpu',
        kind: 'target-tracking',
        enabled: true,
        metricSeriesId: series[0],
        targetValue: 60,
      },
    ],
    scheduledActions: [],
    suspendedProcesses: [],
  };
  const snapshot = {
    group,
    metricSeries: Object.fromEntries(
      series.map(seriesId => [
        seriesId,
        {
          seriesId,
          label: seriesId,
          unit: '%',
          statistic: 'Average',
          periodMs: 60_000,
        },
      ]),
    ),
  };
  const { rows } = await knex.raw(
    `INSERT INTO fleet_resources (provider, external_id, type, name, account, region, observed_at, last_success_at, snapshot)
     SELECT 'bench', type || '/' || ?, type, ?, '111111111111', 'eu-central-1', now(), now(), snapshot::jsonb
       FROM (VALUES ('auto-scaling-group', ?), ('target-group', '{"hasTargets":true}')) r (type, snapshot)
     RETURNING resource_id AS id`,
    [entityRef, entityRef, JSON.stringify(snapshot)],
  );
  const [{ id: groupId }, { id: targetGroupId }] = rows;
  await knex.raw(
    `INSERT INTO fleet_links (entity_ref, environment, resource_id, locator, detail)
     SELECT ?, ?, unnest(?::int4[]), 'tag', 'cloudtrace:entity-ref'`,
    [entityRef, fleetEntity.environment, [groupId, targetGroupId]],
  );
  const changes = days * perDay;
  const every = `${86_400 / perDay} s`;
  await knex.raw(
    `INSERT INTO fleet_activities (resource_id, activity_key, started_at, ended_at, kind, status, cause_kind, body)
     SELECT ?::int4, 'activity-' || n, t, t + interval '40 s', kind, 'successful', 'policy',
            jsonb_build_object(
              'activityId', 'activity-' || n, 'kind', kind, 'status', 'successful', 'vendorStatus', 'Successful',
              'startedAt', to_json(t), 'endedAt', to_json(t + interval '40 s'), 'causeKind', 'policy',
              'alarmName', 'cpu-high', 'policyName', 'cpu', 'instanceIds', jsonb_build_array('i-' || md5(n::text)),
              'description', 'Launching a new EC2 instance: i-' || md5(n::text),
              'cause', 'At ' || t || ' a monitor alarm cpu-high in state ALARM triggered policy cpu changing the desired capacity from 5 to 6. '
                || 'At ' || t || ' an instance was started in response to a difference between desired and actual capacity.')
       FROM generate_series(0, ?::int - 1) n,
            LATERAL (SELECT now() - n * ?::interval AS t,
                            CASE WHEN n % 2 = 0 THEN 'launch' ELSE 'terminate' END AS kind) x`,
    [groupId, changes, every],
  );
  await knex.raw(
    `INSERT INTO fleet_capacity (resource_id, at, min, desired, max, in_service)
     SELECT ?::int4, now() - n * ?::interval, 2, 5 + n % 2, 20, 5 + n % 2
       FROM generate_series(0, ?::int - 1) n`,
    [groupId, every, changes],
  );
  await knex.raw(
    `INSERT INTO fleet_instances (resource_id, instance_key, zone, state, launched_at, first_seen_at, last_seen_at, ended_at)
     SELECT ?::int4, 'i-' || md5(n::text), 'zone-' || n % 3, 'in-service', t, t, least(now(), t + interval '3 h'),
            CASE WHEN t + interval '3 h' < now() THEN t + interval '3 h' END
       FROM generate_series(0, ?::int - 1, 2) n, LATERAL (SELECT now() - n * ?::interval AS t) x`,
    [groupId, changes, every],
  );
  await knex.raw(
    `INSERT INTO fleet_target_states (resource_id, target_key, instance_key, port, at, until, state, from_state, reason_code, reason, zone)
     SELECT ?::int4, 'i-' || md5(n::text) || ':8080', 'i-' || md5(n::text), 8080, s.at,
            CASE WHEN s.until < now() THEN s.until END, s.state, s.from_state, s.code, s.reason, 'zone-' || n % 3
       FROM generate_series(0, ?::int - 1, 2) n,
            LATERAL (SELECT now() - n * ?::interval AS t) x,
            LATERAL (VALUES
              (t, t + interval '1 min', 'initial', NULL, 'Elb.InitialHealthChecking', 'Initial health checks in progress', true),
              (t + interval '1 min', t + CASE WHEN n % 80 = 0 THEN interval '1 h' ELSE interval '3 h' END, 'healthy', 'initial', NULL, NULL, true),
              (t + interval '1 h', t + interval '62 min', 'unhealthy', 'healthy', 'Target.Timeout', 'Request timed out', n % 80 = 0),
              (t + interval '62 min', t + interval '3 h', 'healthy', 'unhealthy', NULL, NULL, n % 80 = 0),
              (t + interval '3 h', t + interval '185 min', 'draining', 'healthy', 'Target.DeregistrationInProgress', 'Target deregistration is in progress', true),
              (t + interval '185 min', NULL, 'gone', 'draining', NULL, NULL, true)
            ) s (at, until, state, from_state, code, reason, wanted)
      WHERE s.wanted AND s.at < now()`,
    [targetGroupId, changes, every],
  );
  await knex.raw(
    `INSERT INTO fleet_alarm_transitions (resource_id, alarm_name, at, from_state, to_state, reason)
     SELECT ?::int4, 'cpu-high', now() - n * ?::interval,
            CASE WHEN n % 2 = 0 THEN 'ok' ELSE 'alarm' END, CASE WHEN n % 2 = 0 THEN 'alarm' ELSE 'ok' END,
            'Threshold crossed: 3 out of the last 3 datapoints were greater than the threshold (70.0).'
       FROM generate_series(0, ?::int - 1) n`,
    [groupId, every, changes],
  );
  await knex.raw(
    `INSERT INTO fleet_metrics (resource_id, series_key, at, value)
     SELECT ?::int4, key, date_trunc('minute', now()) - n * interval '1 min', 50 + n % 20
       FROM unnest(?::text[]) key, generate_series(0, ?::int - 1) n`,
    // CloudTrace keeps points for 30 days.
    [groupId, series, Math.min(days, 30) * DAY_MINUTES],
  );
  await knex.raw(
    `INSERT INTO fleet_metric_hours (resource_id, series_key, hour, points, sum, min, max)
     SELECT resource_id, series_key, date_bin('1 hour', at, 'epoch'::timestamptz), count(*), sum(value), min(value), max(value)
       FROM fleet_metrics WHERE resource_id = ? GROUP BY 1, 2, 3`,
    [groupId],
  );
  await knex.raw(
    `INSERT INTO failovers (entity_ref, environment, failover_id, subject_kind, subject_key, detected_at, recovered_at, body)
     SELECT ?, ?, md5(n::text), 'instance', 'i-' || n, t, t + interval '2 min',
            jsonb_build_object('steps', '[]'::jsonb, 'summary', jsonb_build_object(
              'failoverId', md5(n::text), 'subject', jsonb_build_object('kind', 'instance', 'key', 'i-' || n, 'label', 'i-' || n),
              'cause', jsonb_build_object('summary', 'The health check got no answer in time'), 'planned', 'no', 'ongoing', false,
              'startedAt', to_json(t), 'detectedAt', to_json(t), 'recoveredAt', to_json(t + interval '2 min'),
              'timeToDetectMs', 0, 'timeToRecoverMs', 120000, 'impact', '{}'::jsonb, 'missingData', '[]'::jsonb))
       FROM generate_series(0, ?::int - 1) n, LATERAL (SELECT now() - n * interval '1 day' AS t) x`,
    [entityRef, fleetEntity.environment, days],
  );
}
