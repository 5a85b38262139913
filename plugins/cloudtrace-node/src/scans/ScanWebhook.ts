/** A received webhook with a valid signature. @public */
export interface ScanWebhookDelivery {
  /** The last part of the path; absent unless the webhook has instances. */
  instance?: string;
  /** A header of the request. */
  header(name: string): string | undefined;
  /**
   * The body, checked against a JSON schema.
   *
   * @throws `InputError` that names the place
   */
  json<T>(schema: object): T;
  /**
   * Runs `accept` unless any replica accepted a webhook with the same body
   * before. If `accept` throws, the sender may send it again.
   */
  once(accept: () => Promise<void>): Promise<'accepted' | 'replayed'>;
}

/** The response to the sender of a webhook. @public */
export interface ScanWebhookAnswer {
  status: number;
  body: object;
}

/**
 * Webhooks of a connector: `POST /api/cloudtrace/webhooks/<id>`, without
 * Backstage credentials.
 *
 * @remarks CloudTrace reads the body within limits of time and size, and
 * verifies its signature before the connector sees it.
 *
 * @public
 */
export interface ScanWebhook {
  /** Whether each instance has its own path, `/webhooks/<id>/<instance>`. */
  readonly hasInstances?: boolean;
  /** Largest accepted body. */
  readonly maxBytes: number;
  /** When the sender should send again if the webhook cannot be accepted now. */
  readonly retryAfterSeconds: number;
  /** Header with the HMAC-SHA256 of the body in hex, after a prefix such as `sha256=`. */
  readonly signature: { header: string; prefix?: string };
  /** Secrets, any of which may have signed the webhook. Without one, each webhook gets a 401. */
  secrets(instance?: string): readonly string[];
  /**
   * Handles a webhook. It should only queue the work: senders wait only
   * seconds.
   *
   * @throws `ServiceUnavailableError` if it cannot be accepted now
   */
  receive(delivery: ScanWebhookDelivery): Promise<ScanWebhookAnswer>;
}
