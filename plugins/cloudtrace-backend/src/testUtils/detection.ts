import { MINUTE_MS } from '@cloudtrace/plugin-cloudtrace-common';
import { detectFailovers } from '../failover/detectFailovers';
import type { DetectionInput, Episode, TargetEvent } from '../failover/types';

export const start = Date.parse('2026-03-01T10:00:00Z');
export const at = (minutes: number) => new Date(start + minutes * MINUTE_MS);

export function event(
  instance: string,
  zone: string,
  minutes: number,
  state: string,
  reasonCode?: string,
): TargetEvent {
  return {
    resourceId: 'tg',
    targetId: `${instance}:80`,
    instanceId: instance,
    zone,
    at: at(minutes),
    state,
    reasonCode,
  };
}

/** Four healthy targets in two zones from the beginning. */
export const healthy = [
  event('a1', 'a', -60, 'healthy'),
  event('a2', 'a', -60, 'healthy'),
  event('b1', 'b', -60, 'healthy'),
  event('b2', 'b', -60, 'healthy'),
];

/** 30 requests per minute and instance, modified by the test. */
export function requests(
  change: (
    instance: string,
    minute: number,
  ) => {
    requests?: number;
    errors?: number;
  } = () => ({}),
): NonNullable<DetectionInput['requests']> {
  const samples = [];
  for (let minute = -30; minute < 60; minute += 1) {
    for (const instanceId of ['a1', 'a2', 'b1', 'b2']) {
      const counts = { requests: 30, errors: 0, ...change(instanceId, minute) };
      if (counts.requests === 0) continue;
      samples.push({
        t: at(minute),
        instanceId,
        zone: instanceId[0],
        ...counts,
      });
    }
  }
  return { stepMs: MINUTE_MS, samples };
}

export function detect(input: Partial<DetectionInput>): Episode[] {
  return detectFailovers({
    targets: healthy,
    activities: [],
    databaseEvents: [],
    desired: [],
    gaps: [],
    deploys: [],
    until: at(60),
    ...input,
  });
}

export const subjects = (episodes: Episode[]) =>
  episodes.map(({ subject }) => `${subject.kind} ${subject.key}`);
