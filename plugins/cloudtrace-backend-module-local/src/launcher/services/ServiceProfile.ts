import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadKind } from '../load/types';

/** What drives the number of instances, beside CPU. */
export type ScalingSignal = 'request-rate' | 'active-users';

/** How the fleet treats a service: what scales it, and who uses it. */
export interface ServiceProfile {
  signal: ScalingSignal;
  load: LoadKind;
}

/** Of a service that says nothing about itself. */
export const defaultProfile: ServiceProfile = {
  signal: 'request-rate',
  load: 'requests',
};

/**
 * Reads the answers that the template stores in each repository. A storefront
 * gets visitors; only it reports its active users (`GET /healthz/scaling`).
 */
export function readServiceProfile(directory: string): ServiceProfile {
  const { starter, scaling } = readAnswers(directory);
  if (starter === 'notifications') {
    return { signal: 'request-rate', load: 'notifications' };
  }
  if (starter !== 'storefront') return defaultProfile;
  return {
    signal: scaling === 'active-users' ? 'active-users' : 'request-rate',
    load: 'visitors',
  };
}

function readAnswers(directory: string): Record<string, unknown> {
  try {
    const file = join(directory, '.cloudtrace/answers.json');
    return JSON.parse(readFileSync(file, 'utf8')).answers ?? {};
  } catch {
    // Not from the template, or its file was removed.
    return {};
  }
}
