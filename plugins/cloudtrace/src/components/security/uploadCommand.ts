/**
 * Returns the command that uploads a SARIF file from a pipeline. The API's base
 * is that of the OTLP endpoint, because the backend knows its external URL.
 */
export function uploadCommand(otlpEndpoint: string): string {
  const base = otlpEndpoint.replace(/\/otlp\/?$/, '');
  return [
    'gzip -c results.sarif | curl --fail-with-body -X POST \\',
    '  -H "Authorization: Bearer $CLOUDTRACE_TOKEN" \\',
    '  -H "Content-Type: application/sarif+json" -H "Content-Encoding: gzip" \\',
    '  --data-binary @- \\',
    `  "${base}/scans/sarif?category=app&ref=$(git rev-parse --abbrev-ref HEAD)&commit=$(git rev-parse HEAD)"`,
  ].join('\n');
}
