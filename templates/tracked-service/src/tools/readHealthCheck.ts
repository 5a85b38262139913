import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How the load balancer of a repository checks its instances. */
export interface HealthCheck {
  path: string;
  intervalSeconds: number;
  timeoutSeconds: number;
  healthyThreshold: number;
  unhealthyThreshold: number;
}

/**
 * Reads the check from a repository's Terraform code; the parity test makes sure
 * that the CDK code has the same.
 *
 * @throws Error if the code has no such block any more
 */
export function readHealthCheck(directory: string): HealthCheck {
  const file = join(directory, 'infra/terraform/modules/load-balancer/main.tf');
  const block = /health_check \{([^}]*)\}/.exec(
    readFileSync(file, 'utf8'),
  )?.[1];
  const value = (name: string) => {
    const found = new RegExp(`^\\s*${name}\\s*=\\s*"?([^"\\n]+)"?$`, 'm').exec(
      block ?? '',
    )?.[1];
    if (!found) throw new Error(`${file}: no ${name} in a health_check block`);
    return found;
  };
  return {
    path: value('path'),
    intervalSeconds: Number(value('interval')),
    timeoutSeconds: Number(value('timeout')),
    healthyThreshold: Number(value('healthy_threshold')),
    unhealthyThreshold: Number(value('unhealthy_threshold')),
  };
}
