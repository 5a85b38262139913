import { chmodSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

// Runs as root before the service, because only root can write to a new volume.
const { CA_FILE, CA_URL, SCRATCH } = process.env;
chmodSync(SCRATCH, 0o1777);
for (let attempt = 1; ; attempt += 1) {
  try {
    const response = await fetch(CA_URL, {
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) throw new Error('status ' + response.status);
    writeFileSync(CA_FILE, await response.text());
    break;
  } catch (error) {
    // No template literal: CloudFormation would take its parts for parameters.
    console.error(
      'Attempt',
      attempt,
      'to fetch the certificates:',
      error.message,
    );
    if (attempt === 5) process.exit(1);
    await sleep(attempt * 1000);
  }
}
