import { posix } from 'node:path';
import type { CheckedFile } from './checkRendering';

/** Files in which people and tools refer to paths and scripts of the repository. */
const PROSE = /\.md$/;
const RUNNERS =
  /(?:\.md|\.ya?ml|\.sh|(?:^|\/)(?:Dockerfile|Jenkinsfile|package\.json))$/;

/** A script of the repository in a command. */
const SCRIPT =
  /(?<![\w/.-])(?:\.\/)?((?:scripts|load|drill)\/[\w./-]+\.(?:sh|mjs|js|ts|py|jmx))\b/g;
const NPM_RUN = /\bnpm run ([\w:-]+)/g;
const MARKDOWN_LINK = /\]\(([^)\s#]+)(?:#[^)]*)?\)/g;

/** Finds references to missing files and npm scripts of the repository. */
export function checkReferences(files: readonly CheckedFile[]): string[] {
  const paths = new Set(files.map(file => file.path));
  const problems = new Set<string>();
  const manifest = files.find(file => file.path === 'package.json');
  const scripts = JSON.parse(manifest?.text ?? '{}').scripts ?? {};
  for (const file of files) {
    // Below infra/cdk and the like, `npm run` refers to the scripts of the package there.
    const isRootPackage = !/^infra\//.test(file.path);
    if (RUNNERS.test(file.path)) {
      for (const [, path] of file.text.matchAll(SCRIPT)) {
        if (isRootPackage && !paths.has(path)) {
          problems.add(`${file.path} names ${path}, which does not exist`);
        }
      }
      for (const [, script] of file.text.matchAll(NPM_RUN)) {
        if (isRootPackage && scripts[script] === undefined) {
          problems.add(
            `${file.path} runs the npm script ${script}, which does not exist`,
          );
        }
      }
    }
    if (PROSE.test(file.path)) {
      for (const [, link] of file.text.matchAll(MARKDOWN_LINK)) {
        if (/^[a-z]+:/.test(link)) {
          continue;
        }
        const target = posix.join(posix.dirname(file.path), decodeURI(link));
        const folder = `${target.replace(/\/$/, '')}/`;
        if (!paths.has(target) && ![...paths].some(p => p.startsWith(folder))) {
          problems.add(`${file.path} links to ${link}, which does not exist`);
        }
      }
    }
  }
  return [...problems];
}
