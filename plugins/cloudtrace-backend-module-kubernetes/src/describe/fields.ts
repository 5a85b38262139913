import { createHash } from 'node:crypto';

/*
 * Reads fields of objects that may be malformed: a wrong type counts as absent,
 * so that no reader throws and none takes a broken value for a fact.
 */

/** Longest name that Kubernetes accepts (a DNS subdomain). */
const MAX_NAME_LENGTH = 253;
/** Enough for a message's cause; the rest repeats details. */
const MAX_TEXT_LENGTH = 400;

/** The value at a path of own properties. */
export function fieldAt(value: unknown, ...path: string[]): unknown {
  let current = value;
  for (const name of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    if (!Object.hasOwn(current, name)) return undefined;
    current = (current as Record<string, unknown>)[name];
  }
  return current;
}

/** A non-empty text at a path. */
export function textAt(value: unknown, ...path: string[]): string | undefined {
  const text = fieldAt(value, ...path);
  return typeof text === 'string' && text !== '' ? text : undefined;
}

/** A finite number at a path. */
export function numberAt(
  value: unknown,
  ...path: string[]
): number | undefined {
  const number = fieldAt(value, ...path);
  return typeof number === 'number' && Number.isFinite(number)
    ? number
    : undefined;
}

/** A number of replicas, nodes or restarts: a whole number, not negative. */
export function countAt(value: unknown, ...path: string[]): number | undefined {
  const number = numberAt(value, ...path);
  return Number.isInteger(number) && number! >= 0 ? number : undefined;
}

/** A list at a path; empty if absent. */
export function listAt(value: unknown, ...path: string[]): readonly unknown[] {
  const list = fieldAt(value, ...path);
  return Array.isArray(list) ? list : [];
}

/** A time at a path; absent if it is no valid time. */
export function timeAt(value: unknown, ...path: string[]): Date | undefined {
  const time = new Date(textAt(value, ...path) ?? '');
  return Number.isNaN(time.getTime()) ? undefined : time;
}

/** Whether an object is there at a path. */
export function hasObject(value: unknown, ...path: string[]): boolean {
  const object = fieldAt(value, ...path);
  return typeof object === 'object' && object !== null;
}

/** A condition of an object's status by its type. */
export function conditionOf(object: unknown, type: string): unknown {
  return listAt(object, 'status', 'conditions').find(
    condition => textAt(condition, 'type') === type,
  );
}

/** Name of an object, shortened if it is longer than Kubernetes allows. */
export function nameOf(object: unknown): string | undefined {
  const name = textAt(object, 'metadata', 'name');
  return name && shortenName(name);
}

/**
 * Shortens a name that is too long for an index; names that differ stay
 * different.
 */
export function shortenName(name: string): string {
  if (name.length <= MAX_NAME_LENGTH) return name;
  return `${name.slice(0, MAX_NAME_LENGTH - 17)}…${digestOf(name)}`;
}

/** A short stable key for a text. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** Shortens a text for people, and puts it on one line. */
export function shortenText(text: string): string {
  const line = text
    .slice(0, 4 * MAX_TEXT_LENGTH)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > MAX_TEXT_LENGTH
    ? `${line.slice(0, MAX_TEXT_LENGTH - 1)}…`
    : line;
}

/** A label or annotation, whose names contain dots. */
export function labelOf(object: unknown, name: string): string | undefined {
  return textAt(object, 'metadata', 'labels', name);
}

/** An annotation of an object. */
export function annotationOf(
  object: unknown,
  name: string,
): string | undefined {
  return textAt(object, 'metadata', 'annotations', name);
}
