/**
 * Where a repository's pipeline, or its processes on this machine, find their
 * secrets.
 */
export interface SecretStore {
  /** Display name, such as "GitHub Actions secrets of acme/orders". */
  readonly title: string;
  /** Whether a secret of that name exists; its value cannot be read back. */
  has(name: string): Promise<boolean>;
  put(name: string, value: string): Promise<void>;
}
