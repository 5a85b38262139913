import type {
  Insight,
  Judgement,
  KeyFigure,
  ServiceStatus,
} from '@cloudtrace/plugin-cloudtrace-common';
import { outsideText, outsideTextSchema } from './outsideText';
import type { Zod } from './types';

/** Schema of a service's current state. */
export function statusSchema(z: Zod) {
  return z
    .object({
      severity: z.enum(['critical', 'warning', 'ok', 'no-data']),
      reasons: z.array(
        z.object({
          code: z.string(),
          severity: z.enum(['critical', 'warning', 'info']),
          text: outsideTextSchema(z, 'The reason in words'),
        }),
      ),
    })
    .describe('The state now, independent of the range. Reasons: worst first');
}

/** Reasons of a state beyond this are left out. */
const MAX_REASONS = 10;

export function toStatus({ severity, reasons }: ServiceStatus) {
  return {
    severity,
    reasons: reasons.slice(0, MAX_REASONS).map((reason: Judgement) => ({
      code: reason.code,
      severity: reason.severity,
      // The sentence contains names, such as that of a zone.
      text: outsideText(reason.text),
    })),
  };
}

/** Schema of what stands out in a range. */
export function insightSchema(z: Zod) {
  return z.object({
    kind: z.string(),
    code: z.string(),
    severity: z.enum(['info', 'success', 'warning', 'critical']),
    text: outsideTextSchema(z, 'What stands out, in words'),
    at: z.string().optional(),
    figures: z
      .record(z.number())
      .describe('`…Rate` and `…Share` are fractions, `…Ms` milliseconds'),
    causeEventId: z
      .string()
      .optional()
      .describe('Event just before it that may be the cause'),
  });
}

export function toInsight(insight: Insight) {
  const { kind, code, severity, at, figures, causeEventId } = insight;
  return {
    kind,
    code,
    severity,
    text: outsideText(insight.text),
    at,
    figures,
    causeEventId,
  };
}

/** Schema of the key figures of a range. */
export function figuresSchema(z: Zod) {
  const compared = (what: string) =>
    z
      .object({
        value: z.number().optional(),
        previous: z.number().optional(),
      })
      .optional()
      .describe(what);
  return z
    .object({
      requestsPerSecond: compared('Mean request rate'),
      errorRate: compared('Failed requests as a fraction of all, 0 to 1'),
      p95Ms: compared('95th percentile of the duration, in milliseconds'),
      healthyTargets: z
        .object({ value: z.number(), wanted: z.number().optional() })
        .optional()
        .describe('Healthy targets, and how many should be healthy'),
    })
    .describe(
      '`previous` is the period of the same length before. A missing figure is unknown, not zero.',
    );
}

export function toFigures(figures: readonly KeyFigure[]) {
  const compared = (id: KeyFigure['id']) => {
    const figure = figures.find(each => each.id === id);
    return figure && { value: figure.value, previous: figure.previous };
  };
  const healthy = figures.find(({ id }) => id === 'healthy');
  return {
    requestsPerSecond: compared('requestsPerSecond'),
    errorRate: compared('errorRate'),
    p95Ms: compared('p95Ms'),
    healthyTargets:
      healthy?.value === undefined
        ? undefined
        : { value: healthy.value, wanted: healthy.of },
  };
}
