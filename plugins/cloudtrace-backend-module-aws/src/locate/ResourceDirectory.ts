import {
  groupBy,
  messageOf,
  wordTexts,
  type FleetProblem,
} from '@cloudtrace/plugin-cloudtrace-common';
import { withMessage } from '../client/withMessage';
import type { AwsConfig } from '../config/types';
import type { AwsReference, KnownResource } from '../region/types';
import type { AwsInventory } from '../region/AwsInventory';

type Index = ReadonlyMap<string, KnownResource[]>;

/** Result of {@link ResourceDirectory.resolve}. */
export interface Resolution {
  matches: KnownResource[];
  problem?: Omit<FleetProblem, 'scope'>;
}

/**
 * All resources of all accounts in one cycle, and who may see them.
 *
 * @remarks A reference from the catalog is a claim by the entity's author; the
 * tag on the resource is the consent of the resource's owner. CloudTrace shows
 * a resource only if both exist. It also does not reveal whether an unlinked
 * resource exists: both cases get the same message.
 */
export class ResourceDirectory {
  readonly partition: string;
  readonly #byArn: ReadonlyMap<string, KnownResource>;
  readonly #byName: Index;
  readonly #byEntity: Index;
  readonly #byTargetGroup: Index;
  readonly #config: Pick<
    AwsConfig,
    'accounts' | 'partition' | 'requireResourceTag'
  >;
  readonly #inventories: AwsInventory[];

  constructor(
    config: Pick<AwsConfig, 'accounts' | 'partition' | 'requireResourceTag'>,
    inventories: AwsInventory[],
  ) {
    this.#config = config;
    this.#inventories = inventories;
    this.partition = config.partition;
    const all = inventories.flatMap(({ resources }) => resources);
    this.#byArn = new Map(all.map(known => [known.resource.id, known]));
    this.#byName = indexBy(all, ({ kind, resource }) => [
      nameKey(kind, resource.name),
    ]);
    this.#byEntity = indexBy(all, ({ entityRefs }) => [...entityRefs]);
    this.#byTargetGroup = indexBy(
      all,
      ({ targetGroupArns }) => targetGroupArns,
    );
  }

  /** Whether the resource's owner agreed to show it with the entity. */
  isLinked(known: KnownResource, entityRef: string): boolean {
    return (
      !this.#config.requireResourceTag ||
      known.entityRefs.has(entityRef.toLowerCase())
    );
  }

  /** Resources whose tag names the entity. */
  taggedWith(entityRef: string): KnownResource[] {
    return this.#byEntity.get(entityRef.toLowerCase()) ?? [];
  }

  /**
   * Target groups of a group or load balancer, and groups and load balancers of
   * a target group's groups.
   */
  neighbours(known: KnownResource): KnownResource[] {
    const targetGroups = known.targetGroupArns
      .map(arn => this.#byArn.get(arn))
      .filter((r): r is KnownResource => r !== undefined);
    const registered = this.#byTargetGroup.get(known.resource.id) ?? [];
    // From a target group only down to what runs behind it, never up to a load
    // balancer that other services share.
    return [
      ...targetGroups,
      ...registered.filter(r => r.kind !== 'load-balancer'),
    ];
  }

  /** Finds the resource of a reference, if the entity may see it. */
  resolve(reference: AwsReference, entityRef: string): Resolution {
    if (reference.accountId && !this.#isConfigured(reference)) {
      return {
        matches: [],
        problem: {
          code: 'account-not-configured',
          ...wordTexts({
            message: { code: 'aws-arn-not-configured', values: {} },
            nextStep: { code: 'aws-arn-not-configured-next', values: {} },
          }),
        },
      };
    }
    const candidates = reference.arn
      ? [this.#byArn.get(reference.arn)]
      : this.#byName.get(nameKey(reference.kind, reference.name)) ?? [];
    const matches = candidates.filter(
      (r): r is KnownResource => r !== undefined && this.isLinked(r, entityRef),
    );
    if (matches.length > 1 && !this.#config.requireResourceTag) {
      return {
        matches: [],
        problem: {
          code: 'invalid-annotation',
          ...wordTexts({
            message: {
              code: 'aws-ambiguous-name',
              values: { name: reference.name },
            },
            nextStep: { code: 'aws-ambiguous-name-next', values: {} },
          }),
        },
      };
    }
    if (matches.length > 0) return { matches };
    return { matches, problem: this.#explainAbsence(reference, entityRef) };
  }

  #isConfigured(reference: AwsReference): boolean {
    return this.#config.accounts.some(
      account =>
        account.accountId === reference.accountId &&
        account.regions.includes(reference.region ?? ''),
    );
  }

  #explainAbsence(
    reference: AwsReference,
    entityRef: string,
  ): Omit<FleetProblem, 'scope'> {
    const failed = this.#inventories
      .filter(
        inventory =>
          !reference.accountId ||
          (inventory.accountId === reference.accountId &&
            inventory.region === reference.region),
      )
      .flatMap(inventory => inventory.problems)[0];
    if (failed) {
      return withMessage(failed, {
        code: 'aws-search-incomplete',
        values: {
          name: reference.name,
          failure: messageOf(failed, 'message')!,
        },
      });
    }
    if (!this.#config.requireResourceTag) {
      return {
        code: 'not-found',
        ...wordTexts({
          message: {
            code: 'aws-unknown-name',
            values: { name: reference.name },
          },
          nextStep: { code: 'aws-unknown-name-next', values: {} },
        }),
      };
    }
    return {
      code: 'not-linked',
      ...wordTexts({
        message: {
          code: 'aws-not-linked',
          values: { name: reference.name, entity: entityRef },
        },
        nextStep: {
          code: 'aws-not-linked-next',
          values: { entity: entityRef },
        },
      }),
    };
  }
}

function nameKey(kind: string, name: string): string {
  return `${kind}\n${name}`;
}

function indexBy(
  all: readonly KnownResource[],
  keysOf: (known: KnownResource) => readonly string[],
): Index {
  const entries = all.flatMap(known =>
    keysOf(known).map(key => ({ key, known })),
  );
  const groups = groupBy(entries, ({ key }) => key);
  return new Map(
    [...groups].map(([key, own]) => [key, own.map(({ known }) => known)]),
  );
}
