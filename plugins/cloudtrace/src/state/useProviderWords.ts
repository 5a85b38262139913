import { fleetMessages } from '../messages/fleet';
import { useText } from './useText';

const { types, statistics } = fleetMessages.fleet;

/** Returns a type of resource in the viewer's language; an unknown one stays as it is. */
export function useResourceType(): (type: string, unknown?: string) => string {
  const t = useText();
  return (type, unknown = type) =>
    Object.hasOwn(types, type)
      ? t(`fleet.types.${type as keyof typeof types}`)
      : unknown;
}

/** Returns a statistic in the viewer's language; others, such as `p95`, stay as they are. */
export function useStatistic(): (statistic: string) => string {
  const t = useText();
  return statistic => {
    const key = statistic.toLocaleLowerCase('en-US');
    return Object.hasOwn(statistics, key)
      ? t(`fleet.statistics.${key as keyof typeof statistics}`)
      : statistic;
  };
}
