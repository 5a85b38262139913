import type { FindingPackage } from '@cloudtrace/plugin-cloudtrace-common';
import { ecosystemOf } from './ecosystem';

/** Package URL, such as `pkg:npm/%40scope/name@1.0.0?os=linux`. */
export function readPurl(purl: string | undefined): FindingPackage | undefined {
  const match = /^pkg:([a-z0-9.+-]+)\/([^?#]+)/i.exec(purl ?? '');
  if (!match) return undefined;
  const [, type, rest] = match;
  const at = rest.lastIndexOf('@');
  const path = (at > 0 ? rest.slice(0, at) : rest).split('/').map(decode);
  const ecosystem = ecosystemOf(type);
  // A scope is part of the name; a distribution's name is not.
  const isSystem = ['deb', 'apk', 'rpm'].includes(ecosystem ?? '');
  const name = isSystem
    ? path[path.length - 1]
    : path.join(ecosystem === 'maven' ? ':' : '/');
  const version = at > 0 ? decode(rest.slice(at + 1)) : undefined;
  return { name, ...(version && { version }), ecosystem };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
