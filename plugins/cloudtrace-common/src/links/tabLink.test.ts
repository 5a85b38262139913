import { entityPagePath, rangeAround, tabLink } from './tabLink';

describe('tabLink', () => {
  const page = entityPagePath({
    kind: 'component',
    namespace: 'default',
    name: 'a b',
  });

  it('leads to a view with environment, range and selected item', () => {
    expect(
      tabLink(page, {
        view: 'failover-history',
        environment: 'staging',
        range: rangeAround(new Date('2026-01-01T12:00:00.400Z')),
        failover: 'f-1',
      }),
    ).toBe(
      '/catalog/default/component/a%20b/cloudtrace/failover-history?env=staging&range=2026-01-01T11%3A30%3A00Z%7E2026-01-01T12%3A30%3A00Z&failover=f-1',
    );
  });

  it('omits what is not chosen', () => {
    expect(tabLink('https://portal.example/catalog/x/')).toBe(
      'https://portal.example/catalog/x/cloudtrace',
    );
  });
});
