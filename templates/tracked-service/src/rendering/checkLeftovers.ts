import { readTemplateFiles } from '../templateFiles';
import type { CheckedFile } from './checkRendering';

/** Remains of a failed template; wrong in any file. */
const NEVER = [
  /\$\{\{-?\s*values\b/,
  /^(?:<{7}|>{7}|={7})(?:\s|$)/m,
  /\[object Object\]/,
];

/** Wrong in a rendered template; legitimate in copied code. */
const NEVER_IN_TEMPLATED = [
  /\{%-?\s*(?:if|for|else|endif|endfor|set|raw|endraw)\b/,
  /\bundefined\b/,
  /\bNaN\b/,
];

const EMPTY_ON_PURPOSE = /(?:^|\/)(?:\.gitkeep|__init__\.py)$/;

let templated: Set<string> | undefined;

/** Paths below the layers' folders whose file is a template, without the layer and the extension. */
function templatedPaths(): Set<string> {
  templated ??= new Set(
    readTemplateFiles()
      .filter(file => file.path.endsWith('.njk'))
      .map(file =>
        file.path
          .replace(/^(?:core|(?:ci|features|starters)\/[^/]+)\//, '')
          .replace(/\.njk$/, ''),
      ),
  );
  return templated;
}

/** Finds remains of templates and merges, and files without content. */
export function checkLeftovers(file: CheckedFile): string[] {
  const problems: string[] = [];
  if (file.path.endsWith('.njk')) {
    problems.push(`${file.path}: a template that was not rendered`);
  }
  if (file.content.length === 0 && !EMPTY_ON_PURPOSE.test(file.path)) {
    problems.push(`${file.path}: empty`);
  }
  const patterns = templatedPaths().has(file.path)
    ? [...NEVER, ...NEVER_IN_TEMPLATED]
    : NEVER;
  for (const pattern of patterns) {
    const found = pattern.exec(file.text);
    if (found) {
      const line = file.text.slice(0, found.index).split('\n').length;
      problems.push(`${file.path}:${line}: leftover "${found[0].trim()}"`);
    }
  }
  return problems;
}
