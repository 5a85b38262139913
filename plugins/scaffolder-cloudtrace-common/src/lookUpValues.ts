import type { OptionValues, TemplateOptions } from './types';

/**
 * The values that the template's tables derive from the answers, such as
 * `zoneNames` from region and zone count.
 * @public
 */
export function lookUpValues(
  template: TemplateOptions,
  values: OptionValues,
): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(template.lookups).map(([name, { by, take, table }]) => {
      const entries = table[String(values[by])] ?? [];
      return [
        name,
        entries.slice(0, take ? Number(values[take]) : entries.length),
      ];
    }),
  );
}
