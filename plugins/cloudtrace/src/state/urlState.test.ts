import {
  rangeAround,
  tabLink,
  tabSearch,
  type TabLink,
} from '@cloudtrace/plugin-cloudtrace-common';
import { readOpenRequest } from '../components/requests/useOpenRequest';
import { sharedParams, readTabState, withTabState } from './tabState';
import { withParams } from './useViewParams';

const params = (text: string) => new URLSearchParams(text);

describe('state of the tab in the URL', () => {
  it('has defaults', () => {
    expect(readTabState(params(''))).toEqual({
      environment: undefined,
      range: { kind: 'relative', preset: '1h' },
      invalidRange: undefined,
      back: undefined,
      live: true,
      timeZone: 'local',
    });
  });

  it('ignores invalid values', () => {
    const state = readTabState(params('range=soon&tz=mars&live=maybe&back=x'));
    expect(state.range).toEqual({ kind: 'relative', preset: '1h' });
    expect(state.invalidRange).toBe('soon');
    expect(state.timeZone).toBe('local');
  });

  it('is restored in another browser', () => {
    const range = { kind: 'absolute', fromMs: 60_000, toMs: 180_000 } as const;
    const next = withTabState(params('instance=i-1'), {
      environment: 'staging',
      range,
      back: { kind: 'relative', preset: '6h' },
      timeZone: 'utc',
    });
    expect(next.get('instance')).toBe('i-1');
    expect(readTabState(params(next.toString()))).toMatchObject({
      environment: 'staging',
      range,
      back: { kind: 'relative', preset: '6h' },
      // A fixed range in the past does not update.
      live: false,
      timeZone: 'utc',
    });
  });

  it('is the same in every link', () => {
    const range = rangeAround(new Date('2026-01-01T12:00:00Z'));
    const link: TabLink = {
      view: 'failover-history',
      environment: 'eu & us',
      range,
    };
    const { pathname, searchParams } = new URL(
      tabLink('https://portal.example/catalog/x', link),
    );
    expect(pathname).toBe('/catalog/x/cloudtrace/failover-history');
    expect(readTabState(searchParams)).toMatchObject({
      environment: 'eu & us',
      range,
      invalidRange: undefined,
    });
    const request = {
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      startedAt: '2026-01-01T12:00:00.123Z',
    };
    expect(readOpenRequest(params(tabSearch({ request })))).toEqual({
      traceId: request.traceId,
      spanId: request.spanId,
      at: request.startedAt,
    });
  });

  it('stays live in a fixed range until its end', () => {
    const zoom = params('range=2026-01-01T00:00:00Z~2026-01-01T01:00:00Z');
    const end = Date.parse('2026-01-01T01:00:00Z');
    expect(readTabState(zoom, end - 1).live).toBe(true);
    expect(readTabState(zoom, end).live).toBe(false);
    zoom.set('live', 'off');
    expect(readTabState(zoom, end - 1).live).toBe(false);
  });

  it('keeps only its own part in links to other views', () => {
    expect(
      sharedParams(
        params('env=a&range=6h&instance=i-1&open=x&tz=utc'),
      ).toString(),
    ).toBe('env=a&range=6h&tz=utc');
  });

  it('replaces and removes parameters of a view', () => {
    expect(
      withParams(params('a=1&b=1&b=2&c=3'), {
        a: undefined,
        b: ['4', '5'],
        c: '',
      }).toString(),
    ).toBe('b=4&b=5');
  });
});
