import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { tracingPlaceholders, type TracingUrlTemplate } from './tracingLinks';

/** Settings of links to tracing tools. */
export interface TracingConfig {
  urlTemplates: TracingUrlTemplate[];
}

/** Reads `cloudtrace.tracing`. */
export function readTracingConfig(config: Config): TracingConfig {
  const path = 'cloudtrace.tracing.urlTemplates';
  const urlTemplates = (config.getOptionalConfigArray(path) ?? []).map(
    (template, i) => {
      const url = template.getString('url');
      checkUrl(url, `${path}[${i}].url`);
      return { title: template.getString('title'), url };
    },
  );
  return { urlTemplates };
}

function checkUrl(url: string, path: string) {
  // Values are encoded when filled in, so only the template itself determines
  // the scheme and the host.
  const protocol = URL.canParse(url) ? new URL(url).protocol : undefined;
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new InputError(`${path} must be an http(s) URL, but is '${url}'`);
  }
  const known: readonly string[] = tracingPlaceholders;
  const unknown = [...url.matchAll(/\{\{\s*(\w+)\s*\}\}/g)]
    .map(([, name]) => name)
    .find(name => !known.includes(name));
  if (unknown) {
    throw new InputError(
      `${path} has the unknown placeholder {{${unknown}}}; known placeholders: ${known.join(
        ', ',
      )}`,
    );
  }
}
