import { join } from 'node:path';
import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import { parseRepoUrl } from '@backstage/plugin-scaffolder-node';
import { readLocalRepositories } from '../config';
import type { OptionValues } from '@cloudtrace/plugin-scaffolder-cloudtrace-common';

/** Where a generated repository is, or will be. */
export interface RepositoryDescription {
  /** Web address; empty for a local repository. */
  url: string;
  /** `owner/name` at its host; empty for a local repository. */
  slug: string;
  /** Prefix of the catalog location of everything that the repository adds to the catalog. */
  location: string;
}

const HOST_TYPES: Record<string, string> = {
  github: 'github',
  bitbucket: 'bitbucketCloud',
};

/**
 * Computes the repository's address from the answers. Rejects a host that is
 * not configured or has another type than the chosen one.
 */
export function describeRepository(
  answers: OptionValues,
  config: RootConfigService,
  integrations: ScmIntegrations,
): RepositoryDescription {
  if (answers.publish === 'local') {
    const folder = readLocalRepositories(config) ?? '';
    return {
      url: '',
      slug: '',
      location: `file:${join(folder, String(answers.name))}/`,
    };
  }
  const { host, owner, workspace, repo } = parseRepoUrl(
    String(answers.repoUrl),
    integrations,
  );
  const type = integrations.byHost(host)?.type;
  if (type !== HOST_TYPES[String(answers.publish)]) {
    throw new InputError(
      `repoUrl names ${host}, which is not a ${answers.publish} host of this portal`,
    );
  }
  for (const part of [owner ?? workspace, repo]) {
    if (!/^[A-Za-z0-9][\w.-]*$/.test(part ?? '')) {
      throw new InputError(
        'repoUrl must contain an owner and a repository of letters, digits, dots, hyphens and underscores',
      );
    }
  }
  const slug = `${owner ?? workspace}/${repo}`;
  const url = `https://${host}/${slug}`;
  return { url, slug, location: `url:${url}/` };
}
