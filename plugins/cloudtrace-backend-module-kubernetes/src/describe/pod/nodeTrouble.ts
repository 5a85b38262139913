import type { WatchedObject, WorkloadObjects } from '../../objects/types';
import { nodeNameOf } from '../../store/readers';
import {
  conditionOf,
  labelOf,
  shortenName,
  shortenText,
  textAt,
  timeAt,
} from '../fields';
import type { Trouble } from './Trouble';

/** The node of a pod, if it is known. */
export function nodeOf(
  pod: WatchedObject,
  { nodes }: Pick<WorkloadObjects, 'nodes'>,
): WatchedObject | undefined {
  return nodes.get(nodeNameOf(pod) ?? '');
}

/** The zone of a pod's node; absent if unknown. */
export function zoneOf(
  pod: WatchedObject,
  objects: Pick<WorkloadObjects, 'nodes'>,
): string | undefined {
  const zone = labelOf(nodeOf(pod, objects), 'topology.kubernetes.io/zone');
  return zone && shortenName(zone);
}

/**
 * What is wrong with the node of a pod. The controller sets Ready to Unknown
 * when the kubelet stops reporting
 * (pkg/controller/nodelifecycle/node_lifecycle_controller.go).
 */
export function nodeTrouble(
  pod: WatchedObject,
  objects: Pick<WorkloadObjects, 'nodes' | 'freshAt'>,
): Trouble | undefined {
  const name = nodeNameOf(pod);
  if (!name) return undefined;
  const node = nodeOf(pod, objects);
  if (!node) return goneNode(pod, name, objects);
  const ready = conditionOf(node, 'Ready');
  const status = textAt(ready, 'status');
  const code = CODE_OF_READY[status ?? ''];
  if (!code) return undefined;
  return { code, detail: wordNode(name, ready), since: sinceOf(ready) };
}

const CODE_OF_READY: Readonly<Record<string, string | undefined>> = {
  False: 'Node.NotReady',
  Unknown: 'Node.Unreachable',
};

/** How far the watch of Pods may be ahead of that of Nodes. */
const NODE_DELAY_MS = 60_000;

/**
 * The watch of Pods may be ahead of that of Nodes, so a missing node means
 * something only for a pod that does not serve, or served before.
 */
function goneNode(
  pod: WatchedObject,
  name: string,
  { freshAt }: Pick<WorkloadObjects, 'freshAt'>,
): Trouble | undefined {
  const ready = conditionOf(pod, 'Ready');
  const status = textAt(ready, 'status');
  if (!freshAt.nodes || !ready) return undefined;
  if (textAt(ready, 'reason') === 'PodCompleted') return undefined;
  const since = sinceOf(ready);
  // The node may be younger than what is known of nodes.
  if (since && since >= freshAt.nodes) return undefined;
  if (status === 'True') {
    const isOld =
      since && freshAt.nodes.getTime() - since.getTime() > NODE_DELAY_MS;
    // Since when the node is gone, nothing says.
    return isOld
      ? { code: 'Node.Gone', detail: shortenName(name), since: undefined }
      : undefined;
  }
  return { code: 'Node.Gone', detail: shortenName(name), since };
}

function wordNode(name: string, ready: unknown): string {
  const message = textAt(ready, 'message') ?? textAt(ready, 'reason');
  return shortenText(
    message ? `${shortenName(name)}: ${message}` : shortenName(name),
  );
}

function sinceOf(condition: unknown): Date | undefined {
  return timeAt(condition, 'lastTransitionTime');
}
