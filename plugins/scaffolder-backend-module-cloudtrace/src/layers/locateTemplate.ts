import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import { fetchContents } from '@backstage/plugin-scaffolder-node';

/**
 * The folder on this machine that contains the template file and its layers:
 * its own location if it is local, otherwise a download. Many hosts send the
 * whole repository for any part of it, so this downloads once, not for each
 * layer.
 *
 * @param baseUrl - where the template was registered from
 * @param downloadTo - a folder that does not exist yet
 */
export async function locateTemplate(
  deps: { integrations: ScmIntegrations; reader: UrlReaderService },
  baseUrl: string | undefined,
  downloadTo: string,
): Promise<string> {
  if (!baseUrl) {
    throw new InputError(
      'The source location of the template is unknown, so its layers cannot be found',
    );
  }
  if (baseUrl.startsWith('file://')) {
    return dirname(fileURLToPath(baseUrl));
  }
  await fetchContents({
    ...deps,
    baseUrl,
    fetchUrl: './',
    outputPath: downloadTo,
  });
  return downloadTo;
}
