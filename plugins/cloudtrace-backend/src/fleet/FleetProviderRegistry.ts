import type {
  FleetProvider,
  FleetProvidersExtensionPoint,
} from '@cloudtrace/plugin-cloudtrace-node';

/** The fleet providers that modules added. */
export class FleetProviderRegistry implements FleetProvidersExtensionPoint {
  readonly #providers = new Map<string, FleetProvider>();

  addProvider(provider: FleetProvider): void {
    if (this.#providers.has(provider.id)) {
      throw new Error(
        `A fleet provider with the id '${provider.id}' is already installed`,
      );
    }
    this.#providers.set(provider.id, provider);
  }

  list(): FleetProvider[] {
    return [...this.#providers.values()];
  }
}
