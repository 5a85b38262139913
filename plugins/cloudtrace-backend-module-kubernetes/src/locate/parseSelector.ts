/** Decides whether labels match. */
export type LabelTest = (labels: Readonly<Record<string, string>>) => boolean;

const KEY =
  /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?)?$/;
const SET = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/;
const EQUALITY = /^([^\s=!]+)\s*(==|=|!=)\s*(\S*)$/;

/** Longest selector that is read. */
const MAX_LENGTH = 1000;

/** Whether a text can be the value of a label. */
export function isLabelValue(value: string): boolean {
  return VALUE.test(value);
}

/** Parses a label selector in the syntax of kubectl; undefined if it is invalid. */
export function parseSelector(selector: string): LabelTest | undefined {
  if (selector.length > MAX_LENGTH) return undefined;
  // Commas separate requirements, except inside of parentheses.
  const tests = selector
    .split(/,(?![^(]*\))/)
    .map(part => parseRequirement(part.trim()));
  const valid = tests.filter(test => test !== undefined);
  return valid.length === tests.length
    ? labels => valid.every(test => test(labels))
    : undefined;
}

function parseRequirement(text: string): LabelTest | undefined {
  const set = SET.exec(text);
  if (set) return parseSet(set[1], set[2] === 'in', set[3]);
  const equality = EQUALITY.exec(text);
  if (equality) return parseSet(equality[1], equality[2] !== '!=', equality[3]);
  const negated = text.startsWith('!');
  const key = negated ? text.slice(1).trim() : text;
  if (!KEY.test(key)) return undefined;
  return labels => Object.hasOwn(labels, key) !== negated;
}

function parseSet(
  key: string,
  included: boolean,
  list: string,
): LabelTest | undefined {
  const values = list.split(',').map(value => value.trim());
  if (!KEY.test(key) || !values.every(isLabelValue)) return undefined;
  return labels => {
    const has = Object.hasOwn(labels, key) && values.includes(labels[key]);
    return has === included;
  };
}
