import type { Entity } from '@backstage/catalog-model';
import { isCloudtraceEntity } from '../lib/entityFilter';

/**
 * Whether an entity has the tab and the cards: services, and other components
 * with an annotation of CloudTrace.
 *
 * @public
 */
export function isCloudtraceAvailable(entity: Entity): boolean {
  return isCloudtraceEntity(entity);
}
