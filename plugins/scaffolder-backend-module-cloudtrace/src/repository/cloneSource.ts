import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type {
  BackstageCredentials,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { ANNOTATION_LOCATION } from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  DefaultGithubCredentialsProvider,
  type ScmIntegrations,
} from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { cloneRepo } from '@backstage/plugin-scaffolder-node';
import { requireLocalRepositories } from '../config';
import { LocalRepository } from '../git/LocalRepository';
import { runGit } from '../git/runGit';

/**
 * Clones the repository that an entity comes from, with its history. The entity is fetched with the caller's credentials.
 */
export async function cloneSource(options: {
  entityRef: string;
  directory: string;
  catalog: Pick<CatalogService, 'getEntityByRef'>;
  config: RootConfigService;
  credentials: BackstageCredentials;
  integrations: ScmIntegrations;
  logger: LoggerService;
}): Promise<void> {
  const { entityRef, directory, catalog, credentials } = options;
  const entity = await catalog.getEntityByRef(entityRef, { credentials });
  if (!entity) {
    throw new NotFoundError(`${entityRef} is not in the catalog`);
  }
  const location = entity.metadata.annotations?.[ANNOTATION_LOCATION] ?? '';
  const separator = location.indexOf(':');
  const type = location.slice(0, separator);
  const target = location.slice(separator + 1);
  if (type === 'file') {
    const source = localRepositoryAt(target, options.config);
    await mkdir(dirname(directory), { recursive: true });
    await runGit(dirname(directory), [
      'clone',
      '--quiet',
      '--no-hardlinks',
      source.directory,
      directory,
    ]);
    return;
  }
  if (type !== 'url') {
    throw new InputError(
      `${entityRef} comes from "${location}", which is not a repository`,
    );
  }
  await cloneFromHost(target, options);
}

function localRepositoryAt(
  target: string,
  config: RootConfigService,
): LocalRepository {
  const folder = requireLocalRepositories(config);
  const name = dirname(target).slice(folder.length + 1);
  const repository = new LocalRepository(folder, name);
  if (dirname(target) !== repository.directory || !repository.exists) {
    throw new InputError(
      `${target} is not in a local repository of this portal`,
    );
  }
  return repository;
}

async function cloneFromHost(
  target: string,
  options: {
    directory: string;
    integrations: ScmIntegrations;
    logger: LoggerService;
  },
): Promise<void> {
  const { origin, hostname, pathname } = new URL(target);
  const [owner, repo] = pathname.split('/').filter(Boolean);
  const url = `${origin}/${owner}/${repo}`;
  const { integrations } = options;
  const github = integrations.github.byHost(hostname);
  const bitbucket = integrations.bitbucketCloud.byHost(hostname)?.config;
  let auth: Parameters<typeof cloneRepo>[0]['auth'];
  if (github) {
    const credentials = await DefaultGithubCredentialsProvider.fromIntegrations(
      integrations,
    ).getCredentials({ url });
    auth = { username: 'x-access-token', password: credentials.token ?? '' };
  } else if (bitbucket) {
    auth = bitbucket.token
      ? { token: bitbucket.token }
      : {
          username: bitbucket.username ?? '',
          password: bitbucket.appPassword ?? '',
        };
  } else {
    throw new InputError(`Unknown GitHub or Bitbucket host ${hostname}`);
  }
  await cloneRepo({
    url: `${url}.git`,
    dir: options.directory,
    auth,
    logger: options.logger,
  });
}
