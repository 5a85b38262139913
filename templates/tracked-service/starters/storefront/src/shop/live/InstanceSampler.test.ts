import { describe, expect, it } from 'vitest';
import { InstanceSampler } from './InstanceSampler.js';

const create = () => new InstanceSampler({ id: 'web-1', zone: 'a' });

describe('InstanceSampler', () => {
  it('has no response time without a request', () => {
    expect(create().take({ leaving: false })).toMatchObject({
      instanceId: 'web-1',
      zone: 'a',
      requestsPerSecond: 0,
      medianMs: null,
      p95Ms: null,
      leaving: false,
    });
  });

  it('measures the responses of the period, and forgets them afterwards', () => {
    const sampler = create();
    for (let ms = 1; ms <= 100; ms += 1) sampler.recordResponse(ms);
    const sample = sampler.take({ leaving: false });

    expect(sample.medianMs).toBeCloseTo(50, 0);
    expect(sample.p95Ms).toBeCloseTo(95, 0);
    expect(sample.requestsPerSecond).toBeGreaterThan(0);
    expect(sampler.take({ leaving: true })).toMatchObject({
      medianMs: null,
      leaving: true,
    });
  });

  it('measures the processor time that this process used', () => {
    const sampler = create();
    const until = performance.now() + 60;
    let turns = 0;
    while (performance.now() < until) turns += 1;

    expect(turns).toBeGreaterThan(0);
    expect(sampler.take({ leaving: false }).cpuPercent).toBeGreaterThan(1);
  });
});
