import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  scanSourcesExtensionPoint,
  type ScanStore,
  type ScanWebhook,
} from '@cloudtrace/plugin-cloudtrace-node';

/** Secret of the webhooks of {@link webhookModule}. */
export const WEBHOOK_SECRET = 'a secret of the webhook';

/** A module with a connector that does nothing but receive webhooks. */
export function webhookModule(
  id: string,
  options: {
    webhook?: Partial<ScanWebhook>;
    onConnect?: (store: ScanStore) => void;
  } = {},
) {
  return createBackendModule({
    pluginId: 'cloudtrace',
    moduleId: `webhooks-of-${id}`,
    register(env) {
      env.registerInit({
        deps: { sources: scanSourcesExtensionPoint },
        async init({ sources }) {
          sources.addConnector({
            id,
            title: id,
            async connect(store) {
              options.onConnect?.(store);
              return {
                report: async () => [],
                webhook: {
                  maxBytes: 1024,
                  retryAfterSeconds: 30,
                  signature: { header: 'X-Signature' },
                  secrets: () => [WEBHOOK_SECRET],
                  receive: async () => ({ status: 202, body: {} }),
                  ...options.webhook,
                },
              };
            },
          });
        },
      });
    },
  });
}
