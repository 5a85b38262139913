import fc from 'fast-check';
import { sampleBodies } from '../../testUtils/anyBodies';
import { IngestPipeline } from '../../testUtils/IngestPipeline';

/*
 * CLOUDTRACE_ORDER_BODIES sets the number of bodies (default 5000),
 * CLOUDTRACE_ORDER_SEED selects them.
 */
const BODIES = Number(process.env.CLOUDTRACE_ORDER_BODIES ?? 5000);
const SEED = Number(process.env.CLOUDTRACE_ORDER_SEED ?? 20261129);

/** Number of bodies created and sent at a time. */
const BODIES_PER_ROUND = 10_000;
const ENTITIES = 50;
/** Maximum number of concurrent bodies. */
const AT_ONCE = 12;

jest.setTimeout(60_000 + BODIES * 10);

describe('bodies in any order', () => {
  it('give the same result as each body alone', async () => {
    const pipeline = new IngestPipeline();
    let sent = 0;
    for (let round = 0; sent < BODIES; round++) {
      const seed = SEED + round;
      const bodies = sampleBodies(seed);
      const alone: string[] = [];
      for (const body of bodies) {
        alone.push(await new IngestPipeline().send(body, originOf(0, 1)));
      }
      const groups = sampleGroups(bodies.length, seed);
      const until = Math.min(BODIES, sent + BODIES_PER_ROUND);
      for (let next = 0; sent < until; next++) {
        const group = groups[next % groups.length];
        const together = await Promise.all(
          group.map(({ body, entityId }) =>
            pipeline.send(bodies[body], originOf(body, entityId)),
          ),
        );
        expect(together).toEqual(group.map(({ body }) => alone[body]));
        sent += group.length;
      }
    }
    process.stdout.write(`${sent} bodies in any order, seed ${SEED}\n`);
    expect(pipeline.wrongDeltas).toBe(0);
  });
});

/** Concurrent bodies and their entities. */
function sampleGroups(bodies: number, seed: number) {
  return fc.sample(
    fc.uniqueArray(
      fc.record({
        body: fc.nat(bodies - 1),
        entityId: fc.integer({ min: 1, max: ENTITIES }),
      }),
      // A body that is sent twice concurrently is its own retry.
      { selector: ({ body }) => body, minLength: 1, maxLength: AT_ONCE },
    ),
    { numRuns: 1500, seed },
  );
}

function originOf(body: number, entityId: number) {
  return {
    entityId,
    entityRef: `component:default/${body}`,
    environment: entityId % 2 === 0 ? 'production' : 'test',
  };
}
