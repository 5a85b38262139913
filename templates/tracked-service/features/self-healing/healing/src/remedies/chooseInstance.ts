/** Average of one figure of an instance over the last minutes, in percent. */
export interface InstanceLoad {
  readonly instanceId: string;
  readonly percent: number;
}

/** Figures of an instance for which it can be replaced. */
export type Figure = 'cpu' | 'memory';

/** An instance is stuck above this. */
const HIGH_PERCENT = 90;
/**
 * It must also be this far above the median of the others: otherwise the group is busy or its instances are too small,
 * and replacing one makes it worse. Memory varies less between instances than CPU does.
 */
const APART_PERCENT: Readonly<Record<Figure, number>> = { cpu: 30, memory: 15 };

/**
 * The instance that has a problem of its own; `undefined` if there is none.
 *
 * @param youngInstances - ids of instances that are not chosen, because they started too recently
 */
export function chooseInstance(options: {
  figure: Figure;
  loads: readonly InstanceLoad[];
  youngInstances: ReadonlySet<string>;
}): InstanceLoad | undefined {
  const { figure, loads, youngInstances } = options;
  const sorted = loads.toSorted((a, b) => b.percent - a.percent);
  const worst = sorted.find(load => !youngInstances.has(load.instanceId));
  if (!worst || worst.percent < HIGH_PERCENT) return undefined;
  const others = sorted.filter(load => load !== worst);
  const middle = others[Math.floor(others.length / 2)];
  return middle && worst.percent - middle.percent >= APART_PERCENT[figure]
    ? worst
    : undefined;
}
