import type { LoadGroup } from '@cloudtrace/plugin-cloudtrace-common';
import { outsideText, outsideTextSchema } from './outsideText';
import type { Zod } from './types';

/** Schema of what one route or instance did in a range. */
export function loadGroupSchema(z: Zod, what: string) {
  return z.object({
    key: outsideTextSchema(z, what),
    zone: outsideTextSchema(z, 'Zone').optional(),
    requests: z.number(),
    share: z.number().describe('Fraction of all requests, 0 to 1'),
    fairShare: z.number().optional().describe('The share if load were even'),
    errors: z.number(),
    errorRate: z.number().optional(),
    p50Ms: z.number().optional(),
    p95Ms: z.number().optional(),
    previousP95Ms: z
      .number()
      .optional()
      .describe('p95 of the window before, in milliseconds'),
    flags: z
      .array(
        z.object({
          kind: z.string().describe('hot, cold, slow, failing, new or silent'),
          severity: z.string(),
          value: z.number().optional(),
          reference: z.number().optional().describe('The value of the others'),
          unit: z.string().optional().describe('`1` is a fraction'),
          since: z.string().optional(),
          until: z.string().optional(),
        }),
      )
      .describe('What is notable compared with the others'),
  });
}

/** Groups that are notable or slow first; those without a percentile last. */
export function slowestFirst(groups: readonly LoadGroup[]): LoadGroup[] {
  return [...groups].sort(
    (a, b) =>
      Number(b.flags.length > 0) - Number(a.flags.length > 0) ||
      (b.latencyMs.p95 ?? -1) - (a.latencyMs.p95 ?? -1),
  );
}

export function toLoadGroup(group: LoadGroup) {
  return {
    key: outsideText(group.key),
    zone: outsideText(group.zone),
    requests: group.requests,
    share: group.share,
    fairShare: group.fairShare,
    errors: group.errors,
    errorRate: group.errorRate,
    p50Ms: group.latencyMs.p50,
    p95Ms: group.latencyMs.p95,
    previousP95Ms: group.previous?.p95Ms,
    flags: group.flags,
  };
}
