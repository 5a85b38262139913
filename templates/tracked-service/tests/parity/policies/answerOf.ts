import type { EntryModel } from '../InfrastructureModel';

/** The actions of the first rule of the HTTPS listener that matches a path, whoever calls it; undefined for none. */
export function answerOf(
  { rules }: EntryModel,
  asked: string,
): readonly string[] | undefined {
  return rules.find(
    ({ port, paths, only }) =>
      port === 443 &&
      only.length === 0 &&
      paths.some(pattern => matches(pattern, asked)),
  )?.actions;
}

function matches(pattern: string, asked: string): boolean {
  return pattern.endsWith('*')
    ? asked.startsWith(pattern.slice(0, -1))
    : asked === pattern;
}
