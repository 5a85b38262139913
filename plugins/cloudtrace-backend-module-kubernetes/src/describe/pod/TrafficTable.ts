import { SERVICE_NAME_LABEL } from '../../objects/labels';
import type { WatchedObject, WorkloadObjects } from '../../objects/types';
import { labelsOf } from '../../store/readers';
import { selectorOf, selects } from '../../store/selects';
import { fieldAt, labelOf, listAt, nameOf, numberAt, textAt } from '../fields';

/** Whether a pod gets requests from a Service. */
export type Traffic =
  /** Services or EndpointSlices cannot be read. */
  | 'unknown'
  /** No Service selects it. */
  | 'no-service'
  /** The Service with the name of the workload selects neither it nor any other pod. */
  | 'mismatch'
  /** It has no port that a Service sends requests to. */
  | 'no-port'
  /** A Service selects it but does not send it requests. */
  | 'waiting'
  | 'receiving';

/** Answers which pods get requests, from Services and EndpointSlices. */
export class TrafficTable {
  readonly #objects: WorkloadObjects;
  readonly #receiving = new Set<string>();
  readonly #withoutPort = new Set<string>();
  readonly #ports = new Map<string, Set<number>>();
  /** Whether a Service that selects by labels has the name of the workload. */
  readonly #isNamesakeThere: boolean;
  /** Whether that Service has no endpoints at all. */
  readonly #hasMismatch: boolean;

  constructor(objects: WorkloadObjects) {
    this.#objects = objects;
    for (const slice of objects.endpointSlices) this.#add(slice);
    const name = nameOf(objects.workload);
    this.#isNamesakeThere = objects.services.some(
      service =>
        nameOf(service) === name && Object.keys(selectorOf(service)).length > 0,
    );
    this.#hasMismatch =
      this.#isNamesakeThere &&
      !objects.endpointSlices.some(
        slice =>
          labelOf(slice, SERVICE_NAME_LABEL) === name &&
          listAt(slice, 'endpoints').length > 0,
      );
  }

  of(pod: WatchedObject): Traffic {
    const { services, freshAt } = this.#objects;
    if (!freshAt.services) return 'unknown';
    const labels = labelsOf(fieldAt(pod, 'metadata', 'labels'));
    const isSelected = services.some(service =>
      selects(selectorOf(service), labels),
    );
    if (!isSelected && !this.#isNamesakeThere) return 'no-service';
    if (!freshAt.endpointslices) return 'unknown';
    if (!isSelected) return this.#hasMismatch ? 'mismatch' : 'no-service';
    const isAmong = (keys: ReadonlySet<string>) =>
      keysOf(pod).some(key => keys.has(key));
    if (isAmong(this.#receiving)) return 'receiving';
    return isAmong(this.#withoutPort) ? 'no-port' : 'waiting';
  }

  /** The port that gets the requests, if it is only one. */
  portOf(pod: WatchedObject): number | undefined {
    const ports = new Set(
      keysOf(pod).flatMap(key => [...(this.#ports.get(key) ?? [])]),
    );
    return ports.size === 1 ? [...ports][0] : undefined;
  }

  /**
   * Whether the Service of a slice has ports: then a slice without ports lists
   * pods that have none of them, for example because targetPort is misspelt.
   */
  #needsPort(slice: WatchedObject): boolean {
    const name = labelOf(slice, SERVICE_NAME_LABEL);
    return this.#objects.services.some(
      service =>
        name !== undefined &&
        nameOf(service) === name &&
        listAt(service, 'spec', 'ports').length > 0,
    );
  }

  #add(slice: WatchedObject) {
    const ports = listAt(slice, 'ports').flatMap(
      port => numberAt(port, 'port') ?? [],
    );
    const receiving =
      listAt(slice, 'ports').length === 0 && this.#needsPort(slice)
        ? this.#withoutPort
        : this.#receiving;
    for (const endpoint of listAt(slice, 'endpoints')) {
      for (const key of keysOfEndpoint(endpoint)) {
        if (isReady(endpoint)) receiving.add(key);
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
