import { OutageGate } from './OutageGate';

const outage = () => Promise.reject(new Error('connection lost'));
const failure = () =>
  Promise.reject(Object.assign(new Error('no partition'), { code: '23514' }));

describe('OutageGate', () => {
  let nowMs = 0;
  let gate: OutageGate;
  beforeEach(() => {
    nowMs = 0;
    gate = new OutageGate(() => nowMs);
  });

  it.each([
    ['a lost connection', undefined, false],
    ['a refused connection', 'ECONNREFUSED', false],
    ['a worker that the coordinator cannot reach', '08006', false],
    ['a statement that takes too long', '57014', false],
    ['too many connections', '53300', false],
    ['a missing partition', '23514', true],
    ['a deadlock', '40P01', true],
    ['a full disk', '53100', true],
  ])('after %s (%s), is open: %s', async (_, code, open) => {
    const error = Object.assign(new Error('failed'), { code });
    await expect(gate.run(() => Promise.reject(error))).rejects.toBe(error);
    expect(gate.isOpen).toBe(open);
  });

  it('lets one transaction try after a pause, and opens when it succeeds', async () => {
    await expect(gate.run(outage)).rejects.toThrow();
    nowMs = 999;
    expect(gate.isOpen).toBe(false);
    nowMs = 1000;
    expect(gate.isOpen).toBe(true);
    let end!: () => void;
    const trying = gate.run(
      () => new Promise<void>(resolve => (end = resolve)),
    );
    expect(gate.isOpen).toBe(false);
    end();
    await trying;
    expect(gate.isOpen).toBe(true);
  });

  it('pauses again when the try fails, and opens when the server answers otherwise', async () => {
    await expect(gate.run(outage)).rejects.toThrow();
    nowMs = 5000;
    await expect(gate.run(outage)).rejects.toThrow();
    expect(gate.isOpen).toBe(false);
    nowMs = 6000;
    await expect(gate.run(failure)).rejects.toThrow();
    expect(gate.isOpen).toBe(true);
  });
});
