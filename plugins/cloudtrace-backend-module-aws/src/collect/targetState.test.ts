import {
  targetMeaning,
  type TargetMeaning,
} from '@cloudtrace/plugin-cloudtrace-common';
import { targetState } from './targetState';

type Row = [state: string, reasons: string[], meaning: TargetMeaning];

const starting: Row = [
  'initial',
  ['Elb.RegistrationInProgress', 'Elb.InitialHealthChecking'],
  'starting',
];
const notInUse: Row = [
  'unused',
  ['Target.NotInUse', 'Target.IpUnusable'],
  'not-in-use',
];
const ended: Row = [
  'unused',
  ['Target.NotRegistered', 'Target.InvalidState'],
  'lost',
];
const leaving: Row = [
  'draining',
  ['Target.DeregistrationInProgress'],
  'leaving',
];

/** The states of each kind of load balancer, with the page that documents them. */
const tables: Record<string, { source: string; rows: Row[] }> = {
  'Application Load Balancer': {
    source:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/check-target-health.html',
    rows: [
      starting,
      ['healthy', [], 'serving'],
      [
        'unhealthy',
        [
          'Target.ResponseCodeMismatch',
          'Target.Timeout',
          'Target.FailedHealthChecks',
          'Elb.InternalError',
        ],
        'failed',
      ],
      notInUse,
      ended,
      leaving,
      ['unavailable', ['Target.HealthCheckDisabled'], 'not-measured'],
    ],
  },
  'Network Load Balancer': {
    source:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/check-target-health.html',
    rows: [
      starting,
      ['healthy', [], 'serving'],
      ['unhealthy', ['Target.FailedHealthChecks'], 'failed'],
      ['unhealthy.draining', ['Target.FailedHealthChecks'], 'failed'],
      notInUse,
      ended,
      leaving,
      ['unavailable', ['Elb.InternalError'], 'not-measured'],
    ],
  },
  'Gateway Load Balancer': {
    source:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/gateway/health-checks.html',
    rows: [
      starting,
      ['healthy', [], 'serving'],
      [
        'unhealthy',
        [
          'Target.ResponseCodeMismatch',
          'Target.Timeout',
          'Target.FailedHealthChecks',
        ],
        'failed',
      ],
      notInUse,
      ended,
      leaving,
    ],
  },
  'a future load balancer': {
    source: 'none: undocumented states are unknown',
    rows: [
      ['optimal', ['Target.Whatever'], 'not-measured'],
      ['', [], 'not-measured'],
      ['constructor', [], 'not-measured'],
    ],
  },
};

describe.each(Object.entries(tables))('targets of %s', (_, { rows }) => {
  it.each(
    rows.flatMap(([state, reasons, meaning]) =>
      (reasons.length > 0 ? reasons : [undefined]).map(
        reason => [state, reason, meaning] as const,
      ),
    ),
  )('%s %s is %s', (state, reasonCode, meaning) => {
    expect(targetMeaning({ state: targetState(state), reasonCode })).toBe(
      meaning,
    );
  });
});
