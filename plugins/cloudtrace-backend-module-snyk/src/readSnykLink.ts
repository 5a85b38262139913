import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { isSnykId } from './readSnykConfig';

/** The Snyk ids of an entity. */
export interface SnykLink {
  entityRef: string;
  orgId: string;
  projectIds: string[];
  targetIds: string[];
}

/** Annotations of Snyk's own Backstage plugin. */
export const SNYK_ANNOTATIONS = {
  orgId: 'snyk.io/org-id',
  projectIds: 'snyk.io/project-ids',
  targetId: 'snyk.io/target-id',
  targetIds: 'snyk.io/target-ids',
} as const;

/** Maximum number of projects, and of targets, per entity. */
const MAX_IDS = 100;

/**
 * Reads an entity's annotations; returns an error message if they are invalid,
 * nothing if there are none.
 */
export function readSnykLink(
  entity: Entity,
  orgs: readonly string[],
): SnykLink | string | undefined {
  const { annotations = {} } = entity.metadata;
  const read = (key: string) => annotations[key]?.trim().toLowerCase() || '';
  const orgId = read(SNYK_ANNOTATIONS.orgId);
  const projectIds = readIds(read(SNYK_ANNOTATIONS.projectIds));
  const targetIds = readIds(
    `${read(SNYK_ANNOTATIONS.targetId)},${read(SNYK_ANNOTATIONS.targetIds)}`,
  );
  if (!orgId && projectIds.length + targetIds.length === 0) return undefined;
  if (projectIds.length + targetIds.length === 0) {
    return `The annotation ${SNYK_ANNOTATIONS.orgId} alone names no project; add ${SNYK_ANNOTATIONS.projectIds} or ${SNYK_ANNOTATIONS.targetIds}`;
  }
  if (![...projectIds, ...targetIds].every(isSnykId)) {
    return `An id in the annotations snyk.io/… is not a UUID; Snyk shows ids in the URLs of projects`;
  }
  if (projectIds.length > MAX_IDS || targetIds.length > MAX_IDS) {
    return `The annotations snyk.io/… name more than ${MAX_IDS} projects or targets`;
  }
  // The same message as for ids that do not exist: annotations must not reveal
  // which ids exist.
  if (orgId && !orgs.includes(orgId)) {
    return `The organisation in ${SNYK_ANNOTATIONS.orgId} is not one of those that the portal reads`;
  }
  return {
    entityRef: stringifyEntityRef(entity),
    orgId: orgId || orgs[0],
    projectIds,
    targetIds,
  };
}

function readIds(text: string): string[] {
  const ids = text.split(',').map(id => id.trim());
  return [...new Set(ids.filter(Boolean))];
}
