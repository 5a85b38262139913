import type { MetricsService } from '@backstage/backend-plugin-api/alpha';

type Attributes = Record<string, unknown>;
type Callback = (result: {
  observe(value: number, attributes?: Attributes): void;
}) => void | Promise<void>;

/** A {@link MetricsService} that records all calls. */
export class MetricsRecorder implements MetricsService {
  readonly #values = new Map<
    string,
    { value: number; attributes: Attributes }[]
  >();
  readonly #callbacks = new Map<string, Set<Callback>>();

  /** Names of all instruments. */
  names(): string[] {
    return [...this.#values.keys(), ...this.#callbacks.keys()];
  }

  /** Sums added to a counter, by attributes as JSON. */
  sums(name: string): Record<string, number> {
    const sums: Record<string, number> = {};
    for (const { value, attributes } of this.#values.get(name)!) {
      const key = JSON.stringify(attributes);
      sums[key] = (sums[key] ?? 0) + value;
    }
    return sums;
  }

  /** Values recorded in a histogram, in order. */
  recorded(name: string): number[] {
    return this.#values.get(name)!.map(({ value }) => value);
  }

  /** Reads an observable instrument as a collector does; by attributes as JSON. */
  async observe(name: string): Promise<Record<string, number>> {
    const observed: Record<string, number> = {};
    for (const callback of this.#callbacks.get(name)!) {
      await callback({
        observe: (value, attributes = {}) => {
          observed[JSON.stringify(attributes)] = value;
        },
      });
    }
    return observed;
  }

  createCounter = (name: string) => ({ add: this.#instrument(name) });
  createUpDownCounter = (name: string) => ({ add: this.#instrument(name) });
  createHistogram = (name: string) => ({ record: this.#instrument(name) });
  createGauge = (name: string) => ({ record: this.#instrument(name) });
  createObservableCounter = (name: string) => this.#observable(name);
  createObservableUpDownCounter = (name: string) => this.#observable(name);
  createObservableGauge = (name: string) => this.#observable(name);

  #instrument(name: string) {
    const values: { value: number; attributes: Attributes }[] = [];
    this.#values.set(name, values);
    return (value: number, attributes: Attributes = {}) => {
      values.push({ value, attributes });
    };
  }

  #observable(name: string) {
    const callbacks = new Set<Callback>();
    this.#callbacks.set(name, callbacks);
    return {
      addCallback: (callback: Callback) => void callbacks.add(callback),
      removeCallback: (callback: Callback) => void callbacks.delete(callback),
    };
  }
}
