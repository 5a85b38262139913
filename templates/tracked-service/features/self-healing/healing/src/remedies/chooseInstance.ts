/** Average of one figure of an instance over the last minutes, in percent. */
export interface InstanceLoad {
  readonly instanceId: string;
  readonly percent: number;
}

/** An instance is stuck above this. */
const HIGH_PERCENT = 90;
/** With CPU, it must also be this far above the median of the others: otherwise the group is busy, not the instance. */
const APART_PERCENT = 30;

/**
 * The instance that has a problem of its own; `undefined` if there is none.
 *
 * Memory that fills up is a leak whatever the others do. CPU may be high everywhere, and then the scaling policy adds
 * instances, while replacing one would make it worse.
 */
export function chooseInstance(
  figure: 'cpu' | 'memory',
  loads: readonly InstanceLoad[],
): InstanceLoad | undefined {
  const [worst, ...others] = loads.toSorted((a, b) => b.percent - a.percent);
  if (!worst || worst.percent < HIGH_PERCENT) return undefined;
  if (figure === 'memory') return worst;
  const middle = others[Math.floor(others.length / 2)];
  return middle && worst.percent - middle.percent >= APART_PERCENT
    ? worst
    : undefined;
}
