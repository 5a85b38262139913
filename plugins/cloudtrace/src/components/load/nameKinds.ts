import type {
  LoadDistribution,
  LoadGroup,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { useText } from '../../state/useText';

/** A group as displayed; its key is that of one series. */
export interface ShownGroup extends LoadGroup {
  /** Value of the filter that selects its requests. */
  filterKey: string;
}

/** The load distribution as displayed. */
export interface ShownLoad extends LoadDistribution {
  groups: ShownGroup[];
}

/**
 * Names the kind of work in the labels of the groups, if there are several. The
 * messages of an instance or zone that also has requests become their own
 * series; the requests keep its key, and so its colour.
 */
export function nameKinds(
  data: LoadDistribution,
  t: ReturnType<typeof useText>,
): ShownLoad {
  const used = new Set<string>();
  // Requests first, whatever the order of the response is.
  const ordered = [...data.groups].sort((a, b) => rankOf(a) - rankOf(b));
  const keys = new Map(
    ordered.map(group => {
      const key = used.has(group.key)
        ? `${group.key} (${group.kind})`
        : group.key;
      used.add(key);
      return [group, key];
    }),
  );
  const groups = data.groups.map(group => ({
    ...group,
    filterKey: group.key,
    key: keys.get(group)!,
    label: group.kind
      ? t('load.labelOfKind', {
          name: group.label,
          what: t(`load.ofKind.${group.kind}`),
        })
      : group.label,
  }));
  return { ...data, groups };
}

/** Orders groups by the kind of their work: requests, messages, unknown. */
export function rankOf({ kind = 'server' }: Pick<LoadGroup, 'kind'>): number {
  return ['server', 'consumer', 'unknown'].indexOf(kind);
}
