import type { LocalServiceDefinition } from '../../protocol/types';
import type { ServiceProfile } from '../services/ServiceProfile';
import { LoadGenerator } from './LoadGenerator';
import type { ServiceLoad } from './types';
import { VisitorLoad } from './VisitorLoad';

const DEFAULT_VISITORS = 14;

/** The load that suits a service: visitors for a storefront, requests for anything else. */
export function createLoad(
  profile: ServiceProfile,
  options: { port: number; definition: LocalServiceDefinition },
): ServiceLoad {
  const { port, definition } = options;
  return profile.load === 'visitors'
    ? new VisitorLoad({ port, amount: definition.visitors ?? DEFAULT_VISITORS })
    : new LoadGenerator({ port, amount: definition.requestsPerSecond });
}
