import { ResponseError } from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  type ScmIntegrations,
} from '@backstage/integration';
import sodium from 'libsodium-wrappers';
import type { SecretStore } from './SecretStore';

/**
 * Stores secrets as GitHub Actions secrets of a repository, with the portal's
 * own GitHub integration.
 */
export class GithubSecretStore implements SecretStore {
  readonly title: string;
  readonly #integrations: ScmIntegrations;
  readonly #host: string;
  readonly #slug: string;

  constructor(options: {
    integrations: ScmIntegrations;
    host: string;
    owner: string;
    repo: string;
  }) {
    this.#integrations = options.integrations;
    this.#host = options.host;
    this.#slug = `${options.owner}/${options.repo}`;
    this.title = `GitHub Actions secrets of ${this.#slug}`;
  }

  async has(name: string): Promise<boolean> {
    const response = await this.#request('GET', `/${name}`);
    if (response.status === 404) {
      return false;
    }
    await assertOk(response);
    return true;
  }

  async put(name: string, value: string): Promise<void> {
    const response = await this.#request('GET', '/public-key');
    await assertOk(response);
    const { key, key_id } = (await response.json()) as {
      key: string;
      key_id: string;
    };
    await sodium.ready;
    const sealed = sodium.crypto_box_seal(
      sodium.from_string(value),
      sodium.from_base64(key, sodium.base64_variants.ORIGINAL),
    );
    await assertOk(
      await this.#request('PUT', `/${name}`, {
        encrypted_value: sodium.to_base64(
          sealed,
          sodium.base64_variants.ORIGINAL,
        ),
        key_id,
      }),
    );
  }

  async #request(method: string, path: string, body?: object) {
    const credentials = await DefaultGithubCredentialsProvider.fromIntegrations(
      this.#integrations,
    ).getCredentials({ url: `https://${this.#host}/${this.#slug}` });
    const apiBaseUrl =
      this.#integrations.github.byHost(this.#host)?.config.apiBaseUrl ??
      `https://${this.#host}/api/v3`;
    return fetch(`${apiBaseUrl}/repos/${this.#slug}/actions/secrets${path}`, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        'content-type': 'application/json',
        ...credentials.headers,
      },
      body: body && JSON.stringify(body),
    });
  }
}

async function assertOk(response: Response): Promise<void> {
  if (!response.ok) {
    throw await ResponseError.fromResponse(response);
  }
}
