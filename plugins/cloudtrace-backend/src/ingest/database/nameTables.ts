import { OTHER_NAME } from '../../requests/placeholderNames';

/** A name: the values of the columns of its table. */
export type Name = readonly string[];

export type RouteName = readonly [method: string, route: string];
export type InstanceName = readonly [
  instanceKey: string,
  zone: string,
  kind: string,
];

/** A table of an entity's names, each with an id. */
export interface NameTable<N extends Name = Name> {
  table: 'routes' | 'instances';
  id: 'route_id' | 'instance_id';
  columns: readonly string[];
  /** The first of the columns: names that are equal in them count once against the quota. */
  counted: readonly string[];
  /** The name under which a name beyond the quota is counted. */
  otherOf(name: N): N;
}

export const ROUTES: NameTable<RouteName> = {
  table: 'routes',
  id: 'route_id',
  columns: ['method', 'route'],
  counted: ['method', 'route'],
  otherOf: () => ['', OTHER_NAME],
};

/** An instance has one row for each kind of work that it does. */
export const INSTANCES: NameTable<InstanceName> = {
  table: 'instances',
  id: 'instance_id',
  columns: ['instance_key', 'zone', 'kind'],
  counted: ['instance_key', 'zone'],
  otherOf: ([, , kind]) => [OTHER_NAME, '', kind],
};

/** The names of an environment of an entity. */
export interface ScopedNames<N extends Name = Name> {
  entityId: number;
  environment: string;
  names: readonly N[];
}

/** Key of a name in maps; clean text never contains the separator. */
export function nameKey(
  { entityId, environment }: Omit<ScopedNames, 'names'>,
  name: Name,
): string {
  return [entityId, environment, ...name].join('\0');
}
