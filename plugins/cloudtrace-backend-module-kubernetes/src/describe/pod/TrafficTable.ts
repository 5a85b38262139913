import type { WatchedObject, WorkloadObjects } from '../../objects/types';
import { labelsOf } from '../../store/readers';
import { selectorOf, selects } from '../../store/selects';
import { fieldAt, listAt, nameOf, numberAt, textAt } from '../fields';

/** Whether a pod gets requests from a Service. */
export type Traffic =
  /** Services or EndpointSlices cannot be read. */
  | 'unknown'
  /** No Service selects it. */
  | 'no-service'
  /** A Service selects it but does not send it requests. */
  | 'waiting'
  | 'receiving';

/** Answers which pods get requests, from Services and EndpointSlices. */
export class TrafficTable {
  readonly #objects: WorkloadObjects;
  readonly #receiving = new Set<string>();
  readonly #ports = new Map<string, Set<number>>();

  constructor(objects: WorkloadObjects) {
    this.#objects = objects;
    for (const slice of objects.endpointSlices) this.#add(slice);
  }

  of(pod: WatchedObject): Traffic {
    const { services, freshAt } = this.#objects;
    if (!freshAt.services) return 'unknown';
    const labels = labelsOf(fieldAt(pod, 'metadata', 'labels'));
    const isSelected = services.some(service =>
      selects(selectorOf(service), labels),
    );
    if (!isSelected) return 'no-service';
    if (!freshAt.endpointslices) return 'unknown';
    return keysOf(pod).some(key => this.#receiving.has(key))
      ? 'receiving'
      : 'waiting';
  }

  /** The port that gets the requests, if it is only one. */
  portOf(pod: WatchedObject): number | undefined {
    const ports = new Set(
      keysOf(pod).flatMap(key => [...(this.#ports.get(key) ?? [])]),
    );
    return ports.size === 1 ? [...ports][0] : undefined;
  }

  #add(slice: WatchedObject) {
    const ports = listAt(slice, 'ports').flatMap(
      port => numberAt(port, 'port') ?? [],
    );
    for (const endpoint of listAt(slice, 'endpoints')) {
      for (const key of keysOfEndpoint(endpoint)) {
        if (isReady(endpoint)) this.#receiving.add(key);
        const known = this.#ports.get(key) ?? new Set();
        for (const port of ports) known.add(port);
        this.#ports.set(key, known);
      }
    }
  }
}

/**
 * An absent condition counts as ready (api/discovery/v1 EndpointConditions). A
 * terminating endpoint gets requests only while no other one is left.
 */
function isReady(endpoint: unknown): boolean {
  return (fieldAt(endpoint, 'conditions', 'ready') ?? true) === true;
}

/** A pod by its name, or by its address for endpoints that name no pod. */
function keysOf(pod: WatchedObject): string[] {
  const addresses = listAt(pod, 'status', 'podIPs').map(each =>
    textAt(each, 'ip'),
  );
  return [
    `name ${nameOf(pod)}`,
    ...new Set([textAt(pod, 'status', 'podIP'), ...addresses]),
  ].flatMap(key => key ?? []);
}

function keysOfEndpoint(endpoint: unknown): string[] {
  const target = fieldAt(endpoint, 'targetRef');
  if (textAt(target, 'kind') === 'Pod' && textAt(target, 'name')) {
    return [`name ${nameOf({ metadata: target })}`];
  }
  return listAt(endpoint, 'addresses').filter(
    (address): address is string => typeof address === 'string',
  );
}
