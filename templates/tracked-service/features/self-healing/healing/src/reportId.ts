import { createHash } from 'node:crypto';
import type { Trigger } from './Trigger.js';

/** Id of a report: the same for a retry of the same event, and different for everything that it finds. */
export function reportId(trigger: Trigger, ...parts: string[]): string {
  const hash = createHash('sha256').update(parts.join('\n')).digest('hex');
  return `${trigger.id}:${hash.slice(0, 16)}`;
}
