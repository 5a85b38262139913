import { randomUUID } from 'node:crypto';
import { InputError, ResponseError } from '@backstage/errors';
import {
  getBitbucketCloudRequestOptions,
  type ScmIntegrations,
} from '@backstage/integration';
import type { SecretStore } from './SecretStore';

interface Variable {
  uuid: string;
  key: string;
}

/** Bitbucket's largest page; no sensible repository has more variables. */
const PAGE_LENGTH = 100;

/**
 * Stores secrets as secured variables of Bitbucket Pipelines, with the portal's
 * own Bitbucket Cloud integration.
 */
export class BitbucketSecretStore implements SecretStore {
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
    this.title = `pipeline variables of ${this.#slug}`;
  }

  async has(name: string): Promise<boolean> {
    return (await this.#find(name)) !== undefined;
  }

  async put(name: string, value: string): Promise<void> {
    const existing = await this.#find(name);
    const body = { key: name, value, secured: true };
    if (existing) {
      await this.#request('PUT', encodeURIComponent(existing.uuid), body);
    } else {
      await this.#request('POST', '', { uuid: `{${randomUUID()}}`, ...body });
    }
  }

  async #find(name: string): Promise<Variable | undefined> {
    const response = await this.#request('GET', `?pagelen=${PAGE_LENGTH}`);
    const { values } = (await response.json()) as { values: Variable[] };
    return values.find(variable => variable.key === name);
  }

  async #request(method: string, path: string, body?: object) {
    const integration = this.#integrations.bitbucketCloud.byHost(this.#host);
    if (!integration) {
      throw new InputError(`No Bitbucket integration for ${this.#host}`);
    }
    const { headers } = await getBitbucketCloudRequestOptions(
      integration.config,
    );
    const response = await fetch(
      `${integration.config.apiBaseUrl}/repositories/${
        this.#slug
      }/pipelines_config/variables/${path}`,
      {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        body: body && JSON.stringify(body),
      },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}
