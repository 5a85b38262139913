/** A webhook that arrived, with a signature that is right. @public */
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
   * Runs `accept` unless a webhook with the same body was accepted before, by
   * any replica. If `accept` throws, the sender may send it again.
   */
  once(accept: () => Promise<void>): Promise<'accepted' | 'replayed'>;
}

/** What the sender of a webhook gets. @public */
export interface ScanWebhookAnswer {
  status: number;
  body: object;
}

/**
 * Webhooks of a connector: `POST /api/cloudtrace/webhooks/<id>`, without
 * Backstage credentials.
 *
 * @remarks
 * CloudTrace reads the body within bounds of time and size, and checks that a
 * secret signed it before the connector sees anything of it.
 *
 * @public
 */
export interface ScanWebhook {
  /** Whether each instance has a path of its own, `/webhooks/<id>/<instance>`. */
  readonly hasInstances?: boolean;
  /** Largest body. */
  readonly maxBytes: number;
  /** When the sender is asked to send again, if it cannot be accepted now. */
  readonly retryAfterSeconds: number;
  /** Header with the HMAC-SHA256 of the body in hex, after a prefix such as `sha256=`. */
  readonly signature: { header: string; prefix?: string };
  /** Secrets, any of which may have signed. Without one, each webhook gets 401. */
  secrets(instance?: string): readonly string[];
  /**
   * Handles a webhook. It should only queue the work: senders wait seconds.
   *
   * @throws `ServiceUnavailableError` if it cannot be accepted now
   */
  receive(delivery: ScanWebhookDelivery): Promise<ScanWebhookAnswer>;
}
