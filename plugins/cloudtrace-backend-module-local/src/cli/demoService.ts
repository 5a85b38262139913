import type { LocalServiceDefinition } from '../protocol/types';

/** Starters of the template "Tracked service" that can run as the demo service. */
export const demoStarters = ['request-tracker', 'storefront'] as const;

/** One of {@link demoStarters}. */
export type DemoStarter = (typeof demoStarters)[number];

/** Name of a demo service and of its catalog entity. */
export function demoName(starter: DemoStarter): string {
  return `${starter}-demo`;
}

const sizes: Record<
  DemoStarter,
  Pick<LocalServiceDefinition, 'minInstances' | 'maxInstances' | 'visitors'>
> = {
  'request-tracker': { minInstances: 3, maxInstances: 6 },
  storefront: { minInstances: 2, maxInstances: 5, visitors: 18 },
};

/** A starter, rendered into this folder, as the demo service. */
export function demoService(
  starter: DemoStarter,
  directory: string,
): LocalServiceDefinition {
  return {
    name: demoName(starter),
    entityRef: `component:default/${demoName(starter)}`,
    environment: 'local',
    directory,
    requestsPerSecond: 20,
    ...sizes[starter],
  };
}
