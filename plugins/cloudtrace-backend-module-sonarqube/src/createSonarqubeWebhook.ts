import { InputError, ServiceUnavailableError } from '@backstage/errors';
import type { SonarqubeWebhook } from '@cloudtrace/plugin-cloudtrace-common';
import type {
  ScanWebhook,
  ScanWebhookAnswer,
  ScanWebhookDelivery,
} from '@cloudtrace/plugin-cloudtrace-node';
import type { SonarqubeInstance } from './readSonarqubeConfig';
import type { SonarqubeSync } from './SonarqubeSync';
import { webhookSchema } from './webhookSchema';

/** SonarQube's webhooks: CloudTrace reads which project was analysed and when, nothing more. */
export function createSonarqubeWebhook(options: {
  instances: readonly SonarqubeInstance[];
  sync: Pick<SonarqubeSync, 'accept'>;
}): ScanWebhook {
  const { instances, sync } = options;
  return {
    hasInstances: true,
    maxBytes: 256 * 1024,
    retryAfterSeconds: 60,
    signature: { header: 'X-Sonar-Webhook-HMAC-SHA256' },
    secrets: instance =>
      instances
        .filter(({ name }) => name === instance)
        .flatMap(({ webhookSecret }) => webhookSecret ?? []),
    receive: delivery => receive(delivery, sync),
  };
}

async function receive(
  delivery: ScanWebhookDelivery,
  sync: Pick<SonarqubeSync, 'accept'>,
): Promise<ScanWebhookAnswer> {
  const payload = delivery.json<SonarqubeWebhook>(webhookSchema);
  const accept = async () => {
    const accepted = sync.accept({
      instance: delivery.instance!,
      projectKey: payload.project.key,
      analysedAt: readAnalysedAt(payload),
    });
    if (!accepted) {
      throw new ServiceUnavailableError(
        'Too many webhooks are queued; try again',
      );
    }
  };
  if (isWanted(payload)) {
    if (!payload.taskId) {
      // The same body may announce something new, see below.
      await accept();
    } else if ((await delivery.once(accept)) === 'replayed') {
      return { status: 200, body: { accepted: false } };
    }
  }
  // The same response for unknown projects.
  return { status: 202, body: { accepted: true } };
}

/** Branches and pull requests are short-lived; their findings would stay. */
function isWanted(payload: SonarqubeWebhook): boolean {
  return payload.status === 'SUCCESS' && payload.branch?.isMain !== false;
}

/**
 * Together with the task it identifies the event. SonarQube also sends webhooks
 * without a task, when someone changes issues of an analysis that it announced
 * before.
 */
function readAnalysedAt(payload: SonarqubeWebhook): Date | undefined {
  if (!payload.taskId || !payload.analysedAt) return undefined;
  const at = new Date(payload.analysedAt);
  if (Number.isNaN(at.getTime())) {
    throw new InputError('analysedAt is not a valid date');
  }
  return at;
}
