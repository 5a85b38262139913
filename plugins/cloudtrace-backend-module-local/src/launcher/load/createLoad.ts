import type { LocalServiceDefinition } from '../../protocol/types';
import { LoadGenerator } from './LoadGenerator';
import { NotificationScenario } from './NotificationScenario';
import { RequestTrackerScenario } from './RequestTrackerScenario';
import type { LoadKind, ServiceLoad } from './types';
import { VisitorLoad } from './VisitorLoad';

const DEFAULT_VISITORS = 14;

/** Creates the load of a service. */
export function createLoad(
  kind: LoadKind,
  options: { port: number; definition: LocalServiceDefinition },
): ServiceLoad {
  const { port, definition } = options;
  if (kind === 'visitors') {
    return new VisitorLoad({
      port,
      amount: definition.visitors ?? DEFAULT_VISITORS,
    });
  }
  const scenario =
    kind === 'notifications'
      ? new NotificationScenario()
      : new RequestTrackerScenario();
  return new LoadGenerator({
    port,
    amount: definition.requestsPerSecond,
    scenario,
  });
}
