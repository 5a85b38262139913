import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import { parseRepoUrl } from '@backstage/plugin-scaffolder-node';
import { requireLocalRepositories } from '../config';
import { LocalRepository } from '../git/LocalRepository';
import { BitbucketSecretStore } from './BitbucketSecretStore';
import { EnvFileSecretStore } from './EnvFileSecretStore';
import { GithubSecretStore } from './GithubSecretStore';
import type { SecretStore } from './SecretStore';

/** The kinds of stores that a template can name. */
export const SECRET_STORES = ['local', 'github', 'bitbucket'] as const;

/**
 * The secret store of a repository.
 *
 * @param target - `name` of a local repository, or `repoUrl` in the
 * scaffolder's format
 */
export function openSecretStore(
  kind: (typeof SECRET_STORES)[number],
  target: { name?: string; repoUrl?: string },
  deps: { config: RootConfigService; integrations: ScmIntegrations },
): SecretStore {
  if (kind === 'local') {
    const folder = requireLocalRepositories(deps.config);
    const repository = new LocalRepository(folder, target.name ?? '');
    if (!repository.exists) {
      throw new InputError(`Repository ${repository.directory} not found`);
    }
    return new EnvFileSecretStore(repository);
  }
  const { host, owner, workspace, repo } = parseRepoUrl(
    target.repoUrl ?? '',
    deps.integrations,
  );
  const Store = kind === 'github' ? GithubSecretStore : BitbucketSecretStore;
  return new Store({
    integrations: deps.integrations,
    host,
    owner: owner ?? workspace ?? '',
    repo,
  });
}
