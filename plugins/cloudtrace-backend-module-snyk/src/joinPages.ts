import type { SnykProject } from './SnykClient';

/**
 * Joins a project and the pages of its issues to the document that the importer
 * `snyk-api` reads. The pages are already JSON, so that no large document
 * blocks the event loop.
 */
export function joinPages(project: SnykProject, pages: string[]): Uint8Array {
  return Buffer.from(
    `{"project":${JSON.stringify(project)},"pages":[${pages.join(',')}]}`,
  );
}
