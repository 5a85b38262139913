import { createHash } from 'node:crypto';
import type { ServiceSettings } from './settings/ServiceSettings.ts';

/** Ports inside the VPC. */
export const PORTS = { service: 8080, database: 5433 } as const;

/** Certificate authorities of RDS in all regions. */
export const DATABASE_CA =
  'https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem';

/** Service and environment: prefix of resource names. */
export function fullName({ name, environment }: ServiceSettings): string {
  return `${name}-${environment}`;
}

/** The same for names limited to 32 characters: a long name keeps its beginning and gets a stable suffix. */
export function shortName(settings: ServiceSettings): string {
  const full = fullName(settings);
  if (full.length <= 32) return full;
  const suffix = createHash('sha1').update(full).digest('hex').slice(0, 6);
  return `${full.slice(0, 25).replace(/-$/, '')}-${suffix}`;
}
