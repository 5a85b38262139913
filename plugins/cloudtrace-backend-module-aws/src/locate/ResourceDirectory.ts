import {
  messageOf,
  wordTexts,
  type FleetProblem,
} from '@cloudtrace/plugin-cloudtrace-common';
import { withMessage } from '../client/withMessage';
import type { AwsConfig } from '../config/types';
import type { AwsReference, KnownResource } from '../region/types';
import type { AwsInventory } from '../region/AwsInventory';

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
  readonly #byArn = new Map<string, KnownResource>();
  readonly #byName = new Map<string, KnownResource[]>();
  readonly #byEntity = new Map<string, KnownResource[]>();
  readonly #byTargetGroup = new Map<string, KnownResource[]>();
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
    for (const known of inventories.flatMap(i => i.resources)) {
      this.#byArn.set(known.resource.id, known);
      append(this.#byName, nameKey(known.kind, known.resource.name), known);
      known.entityRefs.forEach(ref => append(this.#byEntity, ref, known));
      known.targetGroupArns.forEach(arn =>
        append(this.#byTargetGroup, arn, known),
      );
    }
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

function append<V>(map: Map<string, V[]>, key: string, value: V) {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
