import {
  wordTexts,
  type CodedMessage,
  type FleetAlarm,
  type JudgementCode,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Journal } from '../journal/Journal';

/** What an alarm compares. */
export interface AlarmRule {
  name: string;
  metricName: string;
  /** The metric as the reason of a state names it. */
  metric: JudgementCode;
  threshold: number;
  unit: string;
  /** The metric has to be above the threshold for this long. */
  forMs: number;
}

interface AlarmMemory {
  alarm: FleetAlarm;
  aboveSinceMs: number | undefined;
}

/** Tracks the state of a service's alarms and writes each change to the journal. */
export class AlarmBook {
  readonly #service: string;
  readonly #journal: Journal;
  readonly #rules: AlarmRule[];
  readonly #memory = new Map<string, AlarmMemory>();

  constructor(service: string, journal: Journal, rules: AlarmRule[]) {
    this.#service = service;
    this.#journal = journal;
    this.#rules = rules;
  }

  list(): FleetAlarm[] {
    return [...this.#memory.values()].map(({ alarm }) => alarm);
  }

  /** @param values - by alarm name; undefined if there is no data */
  evaluate(values: Record<string, number | undefined>, nowMs: number) {
    for (const rule of this.#rules) {
      const value = values[rule.name];
      const before = this.#memory.get(rule.name);
      const above = value !== undefined && value > rule.threshold;
      const aboveSinceMs = above ? before?.aboveSinceMs ?? nowMs : undefined;
      const state = stateOf(rule, value, aboveSinceMs, nowMs);
      if (before?.alarm.state === state) {
        before.aboveSinceMs = aboveSinceMs;
        continue;
      }
      const reason = wordTexts({ reason: reasonOf(rule, value) });
      this.#memory.set(rule.name, {
        aboveSinceMs,
        alarm: {
          name: rule.name,
          state,
          since: new Date(nowMs).toISOString(),
          ...reason,
          metricName: rule.metricName,
          comparison: '>',
          threshold: rule.threshold,
          unit: rule.unit,
        },
      });
      if (!before) continue;
      this.#journal.append({
        kind: 'alarm',
        service: this.#service,
        transition: {
          alarmName: rule.name,
          at: new Date(nowMs).toISOString(),
          from: before.alarm.state,
          to: state,
          ...reason,
        },
      });
    }
  }
}

function stateOf(
  rule: AlarmRule,
  value: number | undefined,
  aboveSinceMs: number | undefined,
  nowMs: number,
): FleetAlarm['state'] {
  if (value === undefined) return 'insufficient-data';
  return aboveSinceMs !== undefined && nowMs - aboveSinceMs >= rule.forMs
    ? 'alarm'
    : 'ok';
}

function reasonOf(rule: AlarmRule, value: number | undefined): CodedMessage {
  const metric: CodedMessage = { code: rule.metric, values: {} };
  if (value === undefined) return { code: 'alarm-no-data', values: { metric } };
  const values = {
    metric,
    value: withUnit(Math.round(value * 10) / 10, rule.unit),
    threshold: withUnit(rule.threshold, rule.unit),
  };
  if (value <= rule.threshold) return { code: 'alarm-not-above', values };
  return rule.forMs
    ? {
        code: 'alarm-above-for',
        values: { ...values, durationMs: rule.forMs },
      }
    : { code: 'alarm-above', values };
}

function withUnit(value: number, unit: string): string {
  // `1` is the unit of counts, and `1/s` that of rates.
  if (unit.startsWith('1')) return `${value}${unit.slice(1)}`;
  return unit === '%' ? `${value}%` : `${value} ${unit}`;
}
