import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ANNOTATION_LOCATION } from '@backstage/catalog-model';
import { ConflictError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { RepositoryDescription } from './describeRepository';

/**
 * Rejects the name of an entity that comes from another repository. Accepts an
 * entity of the same repository, so that a run that failed midway can run
 * again.
 *
 * @param options - `credentials` are the plugin's own: an entity that the user
 * may not see still occupies the name
 */
export async function assertNameIsFree(options: {
  entityRef: string;
  repository: RepositoryDescription;
  catalog: Pick<CatalogService, 'getEntityByRef'>;
  credentials: BackstageCredentials;
}): Promise<void> {
  const { entityRef, repository, catalog, credentials } = options;
  const entity = await catalog.getEntityByRef(entityRef, { credentials });
  if (!entity) {
    return;
  }
  const location = entity.metadata.annotations?.[ANNOTATION_LOCATION] ?? '';
  if (!location.startsWith(repository.location)) {
    throw new ConflictError(
      `${entityRef} is already in the catalog: choose another name`,
    );
  }
}
