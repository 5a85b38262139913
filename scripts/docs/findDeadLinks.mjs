import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rootDir } from '../lib/paths.mjs';

const FENCED = /^(```+|~~~+)[^\n]*\n[\s\S]*?^\1\s*$/gm;
const INLINE_CODE = /(`+)(?!`)[^`]*?\1(?!`)/g;

/** Neither fenced blocks nor inline code contain links. Keeps the line numbers. */
function withoutCode(markdown) {
  const blank = code => code.replace(/[^\n]/g, ' ');
  return markdown.replace(FENCED, blank).replace(INLINE_CODE, blank);
}

/**
 * The anchors that GitHub makes of the headings: lower case, without
 * punctuation, spaces as hyphens, and a number behind repeated ones.
 */
function anchors(markdown) {
  const found = new Map();
  const headings = markdown
    .replace(FENCED, '')
    .matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm);
  const names = [];
  for (const [, heading] of headings) {
    const slug = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-');
    const before = found.get(slug) ?? 0;
    found.set(slug, before + 1);
    names.push(before ? `${slug}-${before}` : slug);
  }
  return new Set(names);
}

/** Address of a file of this repository, for pages that are read elsewhere. */
const OWN_FILE =
  /^https:\/\/github\.com\/cloudtrace\/cloudtrace\/(?:blob|tree)\/main\/?/;

/** Why a link of the page `from` leads nowhere, or undefined. */
function fault(from, target) {
  const [path, anchor] = target.split('#').map(decodeURIComponent);
  const folder = OWN_FILE.test(path) ? rootDir : dirname(from);
  const file = path ? join(folder, path.replace(OWN_FILE, '')) : from;
  if (!existsSync(file)) return 'no such file';
  if (anchor === undefined || !file.endsWith('.md')) return undefined;
  return anchors(readFileSync(file, 'utf8')).has(anchor)
    ? undefined
    : 'no such heading';
}

/**
 * The relative links of a Markdown file that lead to no file or to no heading:
 * `{ target, line, reason }`. Looks up links to this repository's own pages on
 * its host among the files, and does not follow links to other hosts.
 *
 * @param {string} file path of the Markdown file
 */
export function findDeadLinks(file) {
  const text = withoutCode(readFileSync(file, 'utf8'));
  const targets = [
    ...text.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g),
    ...text.matchAll(/^\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)/gm),
  ];
  return targets
    .filter(
      ([, target]) =>
        OWN_FILE.test(target) || !/^[a-z][a-z0-9+.-]*:|^\/\//i.test(target),
    )
    .map(match => ({
      target: match[1],
      line: text.slice(0, match.index).split('\n').length,
      reason: fault(file, match[1]),
    }))
    .filter(({ reason }) => reason);
}
