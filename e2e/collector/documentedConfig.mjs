import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { rootDir } from '../../scripts/lib/paths.mjs';

/** The YAML of a section of docs/ingest.md that configures a collector. */
function readSection(heading) {
  const text = readFileSync(join(rootDir, 'docs/ingest.md'), 'utf8');
  const [, section = ''] = text.split(`\n## ${heading}\n`);
  const blocks = section.split('\n## ')[0].matchAll(/^```yaml\n(.*?)^```/gms);
  const config = [...blocks]
    .map(([, yaml]) => parse(yaml))
    .find(one => one.exporters);
  if (!config) {
    throw new Error(`docs/ingest.md, "${heading}": found no exporters`);
  }
  return config;
}

/**
 * The collector's configuration as docs/ingest.md gives it. Only addresses
 * differ: it receives on `port`, and sends to `url` over HTTP, or to
 * `grpcEndpoint` (host and port) if that is given.
 */
export function documentedConfig({ port, url, grpcEndpoint, compression }) {
  const config = readSection('OpenTelemetry Collector');
  config.receivers.otlp.protocols = {
    http: { endpoint: `127.0.0.1:${port}` },
  };
  config.service.telemetry = { metrics: { level: 'none' } };
  if (grpcEndpoint) {
    config.exporters = readSection('gRPC').exporters;
    config.service.pipelines.traces.exporters = Object.keys(config.exporters);
  }
  const [exporter] = Object.values(config.exporters);
  if (grpcEndpoint) {
    exporter.endpoint = grpcEndpoint;
  } else {
    exporter.traces_endpoint = url + new URL(exporter.traces_endpoint).pathname;
  }
  if (compression) exporter.compression = compression;
  return config;
}
