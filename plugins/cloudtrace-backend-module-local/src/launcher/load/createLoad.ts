import type { LocalServiceDefinition } from '../../protocol/types';
import { LoadGenerator } from './LoadGenerator';
import type { LoadKind, ServiceLoad } from './types';
import { VisitorLoad } from './VisitorLoad';

const DEFAULT_VISITORS = 14;

/** Creates the load of a service. */
export function createLoad(
  kind: LoadKind,
  options: { port: number; definition: LocalServiceDefinition },
): ServiceLoad {
  const { port, definition } = options;
  return kind === 'visitors'
    ? new VisitorLoad({ port, amount: definition.visitors ?? DEFAULT_VISITORS })
    : new LoadGenerator({ port, amount: definition.requestsPerSecond });
}
