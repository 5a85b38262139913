import { InputError, ServiceUnavailableError } from '@backstage/errors';
import type { SnykWebhook } from '@cloudtrace/plugin-cloudtrace-common';
import type {
  ScanWebhook,
  ScanWebhookAnswer,
  ScanWebhookDelivery,
} from '@cloudtrace/plugin-cloudtrace-node';
import type { ProjectQueue } from './ProjectQueue';
import { webhookSchema } from './webhookSchema';

/**
 * Snyk's webhooks. CloudTrace uses only the ids of organisation and project
 * from the body, and pulls the findings itself.
 */
export function createSnykWebhook(options: {
  secrets: readonly string[];
  orgs: readonly string[];
  queue: Pick<ProjectQueue, 'add'>;
}): ScanWebhook {
  return {
    maxBytes: 1024 * 1024,
    retryAfterSeconds: 30,
    signature: { header: 'X-Hub-Signature', prefix: 'sha256=' },
    secrets: () => options.secrets,
    receive: delivery => receive(delivery, options),
  };
}

async function receive(
  delivery: ScanWebhookDelivery,
  options: { orgs: readonly string[]; queue: Pick<ProjectQueue, 'add'> },
): Promise<ScanWebhookAnswer> {
  const event = delivery.header('x-snyk-event') ?? '';
  if (event.split('/')[0] !== 'project_snapshot') {
    return answer(200, event === 'ping/v0' ? 'ok' : 'ignored');
  }
  if (event !== 'project_snapshot/v0') {
    throw new InputError('Only version v0 of project_snapshot is supported');
  }
  const { org, project } = delivery.json<SnykWebhook>(webhookSchema);
  const orgId = org.id.toLowerCase();
  if (!options.orgs.includes(orgId)) return answer(200, 'ignored');
  const outcome = await delivery.once(async () => {
    if (!options.queue.add({ orgId, projectId: project.id.toLowerCase() })) {
      throw new ServiceUnavailableError(
        'Too many projects are queued; try again',
      );
    }
  });
  return answer(outcome === 'replayed' ? 200 : 202, outcome);
}

const answer = (httpStatus: number, status: string): ScanWebhookAnswer => ({
  status: httpStatus,
  body: { status },
});
