import { isCloudtraceEntity } from './entityFilter';
import { exporterVariables } from './exporterVariables';
import { safeHref } from './safeHref';
import { shortRef } from './shortRef';

describe('safeHref', () => {
  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    'ftp://x',
    '/relative',
    '',
    undefined,
  ])('rejects %p', url => expect(safeHref(url)).toBeUndefined());

  it('accepts http and https', () => {
    expect(safeHref('https://a.example/x?y=1')).toBe('https://a.example/x?y=1');
    expect(safeHref('http://a.example')).toBe('http://a.example/');
  });
});

describe('exporterVariables', () => {
  const options = {
    otlpEndpoint: 'https://p.example/api/cloudtrace/otlp',
    serviceName: 'orders',
    environment: 'production',
  };

  it('returns all that a stock exporter needs', () => {
    const lines = exporterVariables({ ...options, token: 'ctk_1' }).split('\n');
    expect(lines).toContain(
      'OTEL_EXPORTER_OTLP_ENDPOINT=https://p.example/api/cloudtrace/otlp',
    );
    expect(lines).toContain(
      'OTEL_EXPORTER_OTLP_HEADERS=Authorization=Bearer%20ctk_1',
    );
    expect(lines).toContain(
      'OTEL_RESOURCE_ATTRIBUTES=deployment.environment.name=production',
    );
  });

  it('quotes characters that a shell would interpret', () => {
    const text = exporterVariables({ ...options, serviceName: 'a $b "c"' });
    expect(text).toContain('OTEL_SERVICE_NAME="a \\$b \\"c\\""');
    expect(text).toContain('"Authorization=Bearer%20<token>"');
  });
});

describe('isCloudtraceEntity', () => {
  const entity = (
    kind: string,
    type: string,
    annotations?: Record<string, string>,
  ) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name: 'x', annotations },
    spec: { type },
  });

  it('accepts services, and components that request it', () => {
    expect(isCloudtraceEntity(entity('Component', 'service'))).toBe(true);
    expect(isCloudtraceEntity(entity('Component', 'library'))).toBe(false);
    expect(isCloudtraceEntity(entity('API', 'service'))).toBe(false);
    expect(
      isCloudtraceEntity(
        entity('Component', 'website', {
          'cloudtrace.io/target-group.staging': 'x',
        }),
      ),
    ).toBe(true);
    expect(
      isCloudtraceEntity(
        entity('Component', 'worker', { 'backstage.io/kubernetes-id': 'x' }),
      ),
    ).toBe(true);
  });
});

describe('shortRef', () => {
  it('omits the default namespace', () => {
    expect(shortRef('group:default/team')).toBe('team');
    expect(shortRef('group:other/team')).toBe('other/team');
    expect(shortRef('::')).toBe('::');
  });
});
