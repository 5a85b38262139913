import type { Entity } from '@backstage/catalog-model';

/** Annotation of entities with a project in SonarQube; other Backstage plugins read it too. */
export const SONARQUBE_ANNOTATION = 'sonarqube.org/project-key';

/** A project of an instance. */
export interface SonarqubeProject {
  instance: string;
  projectKey: string;
}

/** Name of a project among the targets of the connector. */
export const targetOf = ({ instance, projectKey }: SonarqubeProject) =>
  `${instance}/${projectKey}`;

/**
 * The project that an entity's annotation `[instance/]key` names. Without an
 * instance it belongs to the only one, or the one named `default`.
 */
export function readProject(
  entity: Entity,
  instances: readonly { name: string }[],
): SonarqubeProject | undefined {
  const value = entity.metadata.annotations?.[SONARQUBE_ANNOTATION]?.trim();
  if (!value) return undefined;
  const slash = value.indexOf('/');
  const projectKey = value.slice(slash + 1);
  // SonarQube's own rule for keys, slightly wider.
  if (!/^[\w.:-]{1,400}$/.test(projectKey)) return undefined;
  if (slash >= 0) return { instance: value.slice(0, slash), projectKey };
  const [first, second] = instances;
  return { instance: first && !second ? first.name : 'default', projectKey };
}
