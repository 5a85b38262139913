import type { Instance } from '../instance/detectInstance.js';

const attributes = 'OTEL_RESOURCE_ATTRIBUTES';

/**
 * The identity of a worker, for its environment: its load must not be counted as that of the API instance beside it, which
 * may have detected the same host.
 */
export function workerEnvironment(
  beside: Instance,
  environment: Record<string, string | undefined> = process.env,
): Record<string, string> {
  const given = environment[attributes];
  const own = [
    `service.instance.id=${encodeURIComponent(`${beside.id}-worker`)}`,
    `cloud.availability_zone=${encodeURIComponent(beside.zone)}`,
  ];
  // The last one of two equal names counts.
  return { [attributes]: [...(given ? [given] : []), ...own].join(',') };
}

/** Whether somebody gave this process its identity. */
export function hasOwnIdentity(
  environment: Record<string, string | undefined> = process.env,
): boolean {
  return environment[attributes]?.includes('service.instance.id=') ?? false;
}
