import {
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import {
  annotatedEnvironments,
  CLOUDTRACE_ANNOTATIONS,
  DEFAULT_ENVIRONMENT,
  isEnvironmentName,
  readAnnotation,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Membership } from './inScope';

/**
 * Environments that an entity which lists none may get from senders. A resource
 * attribute is text from outside; each new value is one more environment.
 */
const MAX_UNLISTED = 20;

const ANNOTATIONS = [
  ...Object.values(CLOUDTRACE_ANNOTATIONS),
  'backstage.io/kubernetes-id',
  'backstage.io/kubernetes-label-selector',
];

/** The parts of an entity that are needed to recognise its requests. */
export class ServiceClaim implements Membership {
  readonly entityRef: string;
  readonly uid: string | undefined;
  readonly owners: readonly string[];
  readonly systems: readonly string[];
  readonly #name: string;
  readonly #annotations: Record<string, string>;
  readonly #hasTab: boolean;
  readonly #listed: readonly string[];
  readonly #known: Set<string>;
  readonly #default: string;

  /** @param known - Environments that have requests or tokens */
  constructor(entity: Entity, known: readonly string[]) {
    this.entityRef = stringifyEntityRef(entity);
    this.uid = entity.metadata.uid;
    this.#name = entity.metadata.name;
    this.#annotations = entity.metadata.annotations ?? {};
    this.#hasTab =
      entity.spec?.type === 'service' ||
      Object.keys(this.#annotations).some(name =>
        ANNOTATIONS.some(key => name === key || name.startsWith(`${key}.`)),
      );
    this.#listed = annotatedEnvironments(this.#annotations);
    this.#known = new Set(known);
    this.#default =
      [...this.#listed, ...known].find(name => this.#known.has(name)) ??
      this.#listed[0] ??
      DEFAULT_ENVIRONMENT;
    const targets = (type: string) =>
      (entity.relations ?? [])
        .filter(relation => relation.type === type)
        .map(({ targetRef }) => targetRef.toLocaleLowerCase('en-US'));
    this.owners = targets(RELATION_OWNED_BY);
    this.systems = targets(RELATION_PART_OF);
  }

  /** All names under which the entity's requests may arrive. */
  names(): string[] {
    const key = CLOUDTRACE_ANNOTATIONS.serviceName;
    const annotated = Object.entries(this.#annotations)
      .filter(([name]) => name === key || name.startsWith(`${key}.`))
      .map(([, value]) => value.trim());
    return [this.#name, ...annotated];
  }

  /** Whether the entity claims the service in this environment. */
  claims(service: {
    name: string;
    namespace: string;
    environment: string;
  }): boolean {
    if (!this.#hasTab) return false;
    const environment = service.environment || this.#default;
    const read = (key: 'serviceName' | 'serviceNamespace') =>
      readAnnotation(
        this.#annotations,
        CLOUDTRACE_ANNOTATIONS[key],
        environment,
      );
    const namespace = read('serviceNamespace');
    return (
      service.name === (read('serviceName') ?? this.#name) &&
      (namespace === undefined || namespace === service.namespace)
    );
  }

  /**
   * The environment that a sender's name refers to; `undefined` if the entity
   * does not have it. Without a name, it is the entity's default environment.
   */
  environmentOf(name: string): string | undefined {
    if (name === '') return this.#default;
    if (this.#known.has(name) || this.#listed.includes(name)) return name;
    if (
      this.#listed.length > 0 ||
      this.#known.size >= MAX_UNLISTED ||
      !isEnvironmentName(name)
    ) {
      return undefined;
    }
    this.#known.add(name);
    return name;
  }
}
